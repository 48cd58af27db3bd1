# make site   set up, check policies and examples, build the site into site/
# make test   set up what the tests need (the browser included) and run them
# make check  lint, types and tests: what CI runs
PYTHON ?= python3
BIN := .venv/bin
SITE_READY := .venv/.ready-site
TEST_READY := .venv/.ready-test

.PHONY: site serve test lint types check bench browser clean

site: $(SITE_READY)
	$(BIN)/banshi check
	$(BIN)/banshi build

serve: $(SITE_READY)
	$(BIN)/banshi serve

test: $(TEST_READY) browser
	$(BIN)/pytest -n 2 --dist loadgroup

lint: $(TEST_READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(TEST_READY)
	$(BIN)/mypy

check: lint types test

bench: $(TEST_READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python benchmarks/check_speed.py
	$(BIN)/python benchmarks/attendance_speed.py
	$(BIN)/python benchmarks/assessment_speed.py
	$(BIN)/python benchmarks/cases_speed.py

# Debian's chromium for the browser tests; where it cannot be had they are skipped, and say so.
browser:
	@sh tools/browser.sh

.venv/bin/python:
	$(PYTHON) -m venv .venv

$(SITE_READY): .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# An older pip does not know dependency groups.
$(TEST_READY): $(SITE_READY) pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test --group lint
	@touch $@

clean:
	rm -rf .venv build site dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
