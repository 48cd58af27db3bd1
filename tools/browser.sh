#!/bin/sh
# Makes sure that a Chromium and a Chinese font are there for the browser tests; never fails, only says why not.
found() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if found >/dev/null; then exit 0; fi
if [ "$(uname -s)" != Linux ] || ! command -v apt-get >/dev/null; then
    echo "browser tests will be skipped: no chromium here, and no apt-get to install it with"
    exit 0
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "browser tests will be skipped: no chromium, and no right to install it (try: sudo apt-get install chromium)"
        exit 0
    fi
    as_root="sudo -n"
fi
echo "installing chromium for the browser tests …"
$as_root apt-get update -qq >/dev/null 2>&1
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >/dev/null 2>&1
found >/dev/null || echo "browser tests will be skipped: apt-get could not install chromium"
exit 0
