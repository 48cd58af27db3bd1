#!/bin/sh
# Fetches what the tests of pages ask beside a browser: the Nu HTML checker (MIT, needs Java) and axe-core (MPL-2.0); never fails.
cd "$(dirname "$0")/.." || exit 0
modules=build/web/node_modules
if [ -f $modules/vnu-jar/build/dist/vnu.jar ] && [ -f $modules/axe-core/axe.min.js ]; then exit 0; fi
if ! command -v npm >/dev/null; then
    echo "没有 npm：网页的两项检查将跳过 ／ no npm: two checks of the pages will be skipped"; exit 0
fi
npm install --prefix build/web --no-fund --no-audit --ignore-scripts --silent vnu-jar@26.9.27 axe-core@4.14.1 ||
    echo "npm 没有装成：网页的两项检查将跳过 ／ npm could not install: two checks of the pages will be skipped"
exit 0
