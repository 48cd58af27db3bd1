#!/bin/sh
# Makes sure that a Chromium and a Chinese font are there for the browser tests; never fails, only says why not.
skip() { echo "浏览器测试将跳过：$1 ／ browser tests will be skipped: $2"; exit 0; }
chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
font() { ! command -v fc-list || [ -n "$(fc-list :lang=zh family)" ]; }
all_there() { chromium && font; }

if all_there >/dev/null; then exit 0; fi
if [ "$(uname -s)" != Linux ] || ! command -v apt-get >/dev/null; then
    if chromium >/dev/null; then echo "没有中文字体 ／ there is no Chinese font here"; exit 0; fi
    skip "没有 chromium，也没有 apt-get" "no chromium here, and no apt-get to install it with"
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        if chromium >/dev/null; then echo "没有中文字体 ／ there is no Chinese font here"; exit 0; fi
        skip "没有 chromium，也无权安装（sudo apt-get install chromium）" "no chromium, and no right to install it (try: sudo apt-get install chromium)"
    fi
    as_root="sudo -n"
fi
echo "正在安装 chromium 和中文字体 … ／ installing chromium and a Chinese font …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $as_root apt-get update -qq &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk; } >"$log" 2>&1; then
    tail -n 5 "$log"
fi
chromium >/dev/null || skip "apt-get 没有装成 chromium" "apt-get could not install chromium"
