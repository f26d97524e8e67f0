#!/usr/bin/env bash
# Browser tests of the review page: run.sh [PROGRAM [Playwright's arguments …]]. With a PROGRAM (pantau), the path
# from signing in to the bag is walked with it as well. 77 if install.sh has not been run.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! -d node_modules ]; then
  echo "page tests: not installed (tests/page/install.sh)"
  exit 77
fi
export PANTAU_PROGRAM=${1:-}
shift || true
exec node_modules/.bin/playwright test "$@"
