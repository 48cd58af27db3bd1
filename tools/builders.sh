#!/bin/sh
# Fetches, each into an environment of its own, the generators that may follow mkdocs, for tests/test_other_builders.py.
cd "$(dirname "$0")/.." || exit 1
fetch() {
    [ -x "build/builders/$1/bin/$2" ] && return
    name=$1; shift 2
    python3 -m venv "build/builders/$name" && "build/builders/$name/bin/python" -m pip install --quiet "$@" ||
        echo "$name 没有装成，它的测试将跳过 ／ $name could not be installed; its tests will be skipped"
}
fetch properdocs properdocs "properdocs>=1.6,<2" "mkdocs-materialx>=10,<11"
fetch zensical zensical "zensical==0.0.73" pygments
