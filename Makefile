# make site      set up, check quick policies and examples, build the site into site/
# make test      set up what the tests need (the browser included) and run them
# make fuzz   try thousands of broken files with every command; what fails is kept in tests/corpus/
# make uses      take every norm away, write everything it states otherwise, and see that some answer changes
# make schemas   write schemas/ from the types
# make limits    write the table of limits in SECURITY.md
# make check     lint, types and tests
# make long      what make test looks at in part is looked at whole: every drawn example, case and random moment
# make kills     100 killed runs instead of 20 for each test of what is written, and of the real builder (20 minutes)
# make office    install LibreOffice (Debian) and see that it opens, saves and recalculates what we write
# make exchange  fetch the public schema of OC4IDS, and hold what we export against it
# make sarif     fetch Microsoft's SARIF validator, and hold the reports of `--format sarif` against it
# make spark     Java and PySpark (in .venv-spark), and the tests of `batch --engine spark` on local[2], of Parquet and of DuckDB
# make curves    the cost of what should be linear, in three small sizes: fails where it grows faster
# make sheets    10,000 spoiled sheets instead of 60: the reported cell is the planted one
# make checker  fetch what the checker in the browser runs on, and try it in a real browser (MUTATED=1000: so many spoiled files)
# make builders the same pages under ProperDocs, MaterialX and Zensical (fetches them)
# make recall    how much of the query set search finds in site/, beside Pagefind and Material (fetches them)
# make package   build the wheel and the sdist into dist/, install each into an empty environment, try it
# make sbom      what is installed with banshi, and under which licences: CycloneDX and a list, in dist/
# make lock      renew requirements/*.txt
# make newest    the tests against the newest allowed releases, on each Python there is (or ON=3.12)
# make lowest    the same against the lowest
PYTHON ?= python3
BIN := .venv/bin
SET_UP = @command -v "$(PYTHON)" >/dev/null || { echo "没有 $(PYTHON)，请先安装 Python 3.11 或更新的版本 ／ no $(PYTHON): install Python 3.11 or newer first" >&2; exit 1; }; "$(PYTHON)" tools/environment.py

# What a run has compiled, and the assertions it has rewritten, serve the next: a fifth of a minute for each process of the tests.
unexport PYTHONDONTWRITEBYTECODE

.NOTPARALLEL:
.PHONY: site serve test office exchange sarif spark curves sheets fuzz uses lint types check schemas limits quick long kills bench recall package sbom lock newest lowest browser builders checker clean run-ready lock-ready tools-ready

site: run-ready
	$(BIN)/banshi check
	$(BIN)/banshi check --project examples/linjiang examples/linjiang
	$(BIN)/banshi check --project examples/qinghe examples/qinghe
	$(BIN)/banshi build

serve: run-ready
	$(BIN)/banshi serve

# Three workers on two cores: one of them waits, for a page, a process or the disk, about a third of the time.
test: lock-ready browser
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: lock-ready
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check

types: lock-ready
	$(BIN)/python -m mypy

check: lint types test

schemas: lock-ready
	$(BIN)/python tools/write_schemas.py

limits: lock-ready
	$(BIN)/python tools/write_limits.py

# For every day: what a change most often breaks, in about a minute.
QUICK = rooms schemas_written golden rule_examples law_in_force reading cells shape uses reports policy_drives relations_hold stated_twice account_of_reading no_centre_in_the_engine
quick: lint types
	$(BIN)/python -m pytest -q -n 2 $(QUICK:%=tests/test_%.py)

# Only the tests that do more then.
long: lock-ready browser
	BANSHI_LONG=1 $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "hypothesis or longer"

kills: lock-ready
	BANSHI_KILLS=100 $(BIN)/python -m pytest tests/test_swap.py tests/test_writing.py tests/test_batch_killed.py tests/test_build_killed.py -k killed

fuzz: lock-ready
	BANSHI_FUZZ=$${BANSHI_FUZZ:-3000} $(BIN)/python -m pytest tests/test_fuzz.py tests/test_fuzz_books.py tests/test_fuzz_documents.py tests/test_fuzz_centre.py tests/test_fuzz_serve.py

uses: lock-ready
	BANSHI_WHOLE=1 $(BIN)/python -m pytest tests/test_norms_taken_away.py tests/test_told_otherwise.py

office: lock-ready
	@sh tools/office.sh
	$(BIN)/python -m pytest -q -rs tests/test_office.py

exchange: lock-ready
	@$(BIN)/python tools/exchange.py
	$(BIN)/python -m pytest -q -rs tests/test_oc4ids.py

sarif: lock-ready
	@sh tools/sarif.sh
	$(BIN)/python -m pytest -q -rs tests/test_sarif_validated.py

spark:
	@PYTHON="$(PYTHON)" sh tools/spark.sh

sheets: lock-ready
	MUTATED=$${MUTATED:-10000} $(BIN)/python -m pytest -q -n 2 tests/test_mutated_sheets.py

bench: tools-ready
	$(BIN)/python benchmarks/curves.py --scale 10 --record
	$(BIN)/python benchmarks/check_speed.py
	$(BIN)/python benchmarks/many_speed.py
	$(BIN)/python benchmarks/attendance_speed.py
	$(BIN)/python benchmarks/assessment_speed.py
	$(BIN)/python benchmarks/cases_speed.py
	$(BIN)/python benchmarks/faults_speed.py
	$(BIN)/python benchmarks/impact_speed.py
	$(BIN)/python benchmarks/forms_speed.py
	$(BIN)/python benchmarks/law_speed.py
	$(BIN)/python benchmarks/site_speed.py

# Short sizes: what should be linear is; by the ratio of seconds of processor.
curves: lock-ready
	$(BIN)/python benchmarks/curves.py

recall: lock-ready browser
	@sh tools/peers.sh
	$(BIN)/python benchmarks/search_recall.py site --beside

package: tools-ready
	$(BIN)/python tools/package.py

sbom: package
	$(BIN)/python tools/sbom.py

lock: tools-ready
	$(BIN)/python tools/lock.py

newest lowest: tools-ready
	$(BIN)/python tools/releases.py $@ $(ON)

# Debian's chromium, the HTML checker and axe for the tests of pages; where they cannot be had these are skipped, and say so.
browser:
	@sh tools/browser.sh
	@sh tools/web.sh

checker: lock-ready browser
	$(BIN)/python tools/checker.py
	$(BIN)/python -m pytest -q -rs tests/browser/test_checker.py

run-ready lock-ready tools-ready:
	$(SET_UP) $(@:-ready=)

builders: lock-ready
	@sh tools/builders.sh
	$(BIN)/python -m pytest tests/test_other_builders.py

clean:
	rm -rf .venv .venv-spark build site dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
