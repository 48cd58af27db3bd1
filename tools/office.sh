#!/bin/sh
# Makes sure that LibreOffice is there for the tests of what office programs make of our files; never fails, only says why not.
skip() { echo "办公软件测试将跳过：$1 ／ tests with an office program will be skipped: $2"; exit 0; }
office() { command -v soffice || command -v libreoffice; }

if office >/dev/null; then exit 0; fi
if [ "$(uname -s)" != Linux ] || ! command -v apt-get >/dev/null; then
    skip "没有 LibreOffice，也没有 apt-get" "no LibreOffice here, and no apt-get to install it with"
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || skip "没有 LibreOffice，也无权安装（sudo apt-get install libreoffice-calc libreoffice-writer）" "no LibreOffice, and no right to install it"
    as_root="sudo -n"
fi
echo "正在安装 LibreOffice … ／ installing LibreOffice …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update -qq &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends libreoffice-calc libreoffice-writer; } >"$log" 2>&1; then
    tail -n 5 "$log"
fi
office >/dev/null || skip "apt-get 没有装成 LibreOffice" "apt-get could not install LibreOffice"
