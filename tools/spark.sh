#!/bin/sh
# Java (Debian's) and an environment of its own with PySpark, pyarrow and duckdb, then the tests on local[2]; where these cannot be
# had, it says so and why, and nothing is tested.
set -e
stop() { echo "Spark 的测试跳过：$1 ／ tests of Spark are skipped: $2" >&2; exit 0; }
here=.venv-spark
if ! command -v java >/dev/null; then
    command -v apt-get >/dev/null || stop "没有 java，请先安装 Java 17" "no java: install Java 17 first"
    as_root=""
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || stop "没有 java，也无权安装（sudo apt-get install openjdk-17-jre-headless）" "no java, and no right to install it"
        as_root="sudo -n"
    fi
    echo "正在安装 Java … ／ installing Java …"
    { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends openjdk-17-jre-headless; } >/dev/null ||
        stop "apt-get 没有装成 Java" "apt-get could not install Java"
fi
wanted="$(cksum <requirements/spark.txt) $(pwd)"
if [ "$(cat $here/.made 2>/dev/null)" != "$wanted" ]; then
    echo "正在安装 requirements/spark.txt … ／ installing requirements/spark.txt …"
    rm -rf "$here"
    "${PYTHON:-python3}" -m venv "$here" || stop "建不了环境 $here" "no environment $here"
    "$here/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/spark.txt ||
        stop "没有装成 requirements/spark.txt" "could not install requirements/spark.txt"
    "$here/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
    echo "$wanted" >"$here/.made"
fi
BANSHI_SPARK=1 "$here/bin/python" -m pytest -q -rs tests/test_spark.py tests/test_batch.py tests/test_results_as_data.py
