#!/usr/bin/env bash
# What CI checks, from a bare Debian 12: installs what is missing, builds with gcc and clang, runs
# the tests under the sanitizers, the checks of the code itself, and each fuzzer for a while.
# The last lines are the test runner's totals. Safe to run again.
#
#   ./test.sh
#   PANTAU_FUZZ_SECONDS=600 ./test.sh    fuzzes longer (default 10 s each)
set -euo pipefail
cd "$(dirname "$0")"

TIDY_COMMITS=50
step() { printf '\n== %s (%s)\n' "$1" "$(date +%H:%M:%S)"; }

step "packages"
./install-packages.sh test
tests/pds/install.sh
tests/page/install.sh

step "release: build/bin/pantau, and all tests against it"
cmake --preset release
cmake --build --preset release
ctest --preset release

step "thread sanitizer: the tests about threads"
cmake --preset tsan
cmake --build --preset tsan
ctest --preset tsan

# Configured only: what the compiler is told is what clang-tidy needs. (Its tests under gcc's own
# sanitizers take as long as clang's and are for every day, as is clang-tidy over everything: HACKING.md.)
step "the code itself, as far as the last $TIDY_COMMITS commits changed it"
cmake --preset dev
tests/clang-tidy.sh "$TIDY_COMMITS"

step "clang, with address and undefined behaviour sanitizers: the fuzzers"
cmake --preset clang
cmake --build --preset clang
tests/fuzz/run.sh "${PANTAU_FUZZ_SECONDS:-10}"

# The last lines are a test runner's totals.
step "and its tests"
ctest --preset clang
