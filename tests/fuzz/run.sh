#!/usr/bin/env bash
# Runs each fuzzer for a while, from the fixtures as its corpus: tests/fuzz/run.sh SECONDS
# Needs the fuzzers of the clang preset to be built. What a fuzzer finds is left in build/fuzz-found/.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds=${1:-60}
found=build/fuzz-found
mkdir -p "$found"
fuzz() { # NAME FIXTURE_FOLDER…
  local name=$1
  shift
  mkdir -p "build/clang/corpus-$name"
  echo "-- fuzz_$name, $seconds s"
  "build/clang/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
    -artifact_prefix="$found/$name-" -print_final_stats=1 -verbosity=0 \
    "build/clang/corpus-$name" $(ls -d "$@" 2>/dev/null)
}

fuzz layouts build/clang/tests/fuzz/seeds
fuzz json_line ../shared/data/json_test_suite/test_parsing
fuzz rules tests/lists/messages/rules tests/lists/messages/contests data/rules data/calendars
fuzz matcher build/clang/tests/fuzz/seeds-matcher
fuzz lines tests/layouts/pantau
fuzz bags build/clang/tests/fuzz/seeds-bags
fuzz sources build/clang/tests/fuzz/seeds-sources
fuzz rosters tests/lists/messages/roster tests/lists/messages/campaign
echo "fuzzers: nothing found"
