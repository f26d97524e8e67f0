#!/usr/bin/env bash
# ripgrep over texts, so many patterns at a time: ripgrep.sh PATTERNS TEXTS GROUP
# With all at once its automaton outgrows its cache, and no option cures that.
set -euo pipefail
groups=$(mktemp -d)
trap 'rm -rf "$groups"' EXIT
split -l "$3" "$1" "$groups/"
for group in "$groups"/*; do
  rg --no-config -i --no-unicode --line-number --no-heading --threads 1 -f "$group" "$2" ||
    [ $? -eq 1 ]  # nothing found
done
