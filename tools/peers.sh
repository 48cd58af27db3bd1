#!/bin/sh
# Fetches, each into a folder of its own, the searches that benchmarks/search_recall.py --beside asks the same.
cd "$(dirname "$0")/.." || exit 1
[ -e build/peers/node_modules/.bin/pagefind ] || npm install --prefix build/peers --no-fund --no-audit --ignore-scripts --silent pagefind@1.6.0 ||
    echo "Pagefind 没有装成，不和它比 ／ Pagefind could not be installed and is left out"
[ -x build/peers/material/bin/mkdocs ] || {
    python3 -m venv build/peers/material && build/peers/material/bin/python -m pip install --quiet "mkdocs-material>=9.8,<10" jieba
} || echo "Material 没有装成，不和它比 ／ Material could not be installed and is left out"
