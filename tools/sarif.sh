#!/bin/sh
# Fetches Microsoft's SARIF validator (MIT) by npm, as it is locked here; never fails: without it that test is skipped, and says so.
cd "$(dirname "$0")/.." || exit 0
tool=build/sarif/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
if [ -x $tool ]; then exit 0; fi
if ! command -v npm >/dev/null; then
    echo "没有 npm：SARIF 的检查将跳过 ／ no npm: the check of SARIF will be skipped"; exit 0
fi
npm install --prefix build/sarif --no-fund --no-audit --ignore-scripts --silent @microsoft/sarif-multitool-linux@5.7.0 &&
    chmod u+x $tool ||
    echo "npm 没有装成：SARIF 的检查将跳过 ／ npm could not install: the check of SARIF will be skipped"
exit 0
