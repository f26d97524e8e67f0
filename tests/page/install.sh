#!/usr/bin/env bash
# Installs what the browser tests of the page need, from the lock file, into this folder. The browser is
# Debian's chromium (packages.txt). Safe to run again.
set -euo pipefail
cd "$(dirname "$0")"
../../pipeline/web/page/build.sh

if cmp -s package-lock.json node_modules/.installed-lock.json; then
  echo "page tests: all there"
  exit 0
fi
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
npm ci --no-audit --no-fund --loglevel=error
cp package-lock.json node_modules/.installed-lock.json
