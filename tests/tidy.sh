#!/usr/bin/env bash
# What no compiler checks: who may include whom, how long a file may be, how it is formatted.
# Run by ctest; says every breach and fails if there is one.
set -uo pipefail
cd "$(dirname "$0")/.."

FILE_LINES_MAX=500
breaches=0
breach() {
  echo "tidy: $*"
  breaches=$((breaches + 1))
}

sources() { git ls-files --cached --others --exclude-standard -- "$@"; }

# Each folder, and the folders it may include. The order is that of ARCHITECTURE.md.
declare -A may_include=(
  [classifiers/base]=""
  [classifiers/model]="classifiers/base"
  [classifiers/text]="classifiers/base"
  [classifiers/contests]="classifiers/base classifiers/model classifiers/text"
  [classifiers/accounts]="classifiers/base classifiers/model classifiers/contests"
  [classifiers/rules]="classifiers/base classifiers/model classifiers/text classifiers/contests"
  [classifiers/ranking]="classifiers/base classifiers/text"
  [pipeline/archive]="classifiers/base"
  [pipeline/layouts]="classifiers/base classifiers/model pipeline/archive"
  [pipeline/output]="classifiers/base classifiers/model"
  [pipeline/review]="classifiers/base"
  [pipeline/desk]="classifiers/accounts classifiers/base classifiers/contests classifiers/ranking classifiers/rules pipeline/evidence pipeline/output pipeline/review"
  [pipeline/web]="classifiers classifiers/accounts classifiers/base classifiers/contests classifiers/rules pipeline pipeline/archive pipeline/desk pipeline/evidence pipeline/layouts pipeline/lists pipeline/output pipeline/rule_tools"
  [pipeline/net]="classifiers/base"
  [pipeline/rule_tools]="classifiers classifiers/accounts classifiers/base classifiers/model classifiers/rules classifiers/text pipeline pipeline/archive pipeline/layouts pipeline/lists pipeline/output pipeline/sweep"
  [pipeline/evidence]="classifiers/base pipeline/archive pipeline/layouts pipeline/net pipeline/output"
  [pipeline/ingest]="classifiers classifiers/accounts classifiers/base classifiers/model pipeline pipeline/lists pipeline/net pipeline/output pipeline/review pipeline/sweep"
  [pipeline/ingest/sources]="classifiers/base classifiers/model pipeline/archive pipeline/layouts pipeline/ingest"
)
for folder in "${!may_include[@]}"; do
  for include in $(grep -hoE '#include "[^"]+"' "$folder"/*.h "$folder"/*.cc | cut -d'"' -f2 | sort -u); do
    target=${include%/*}
    case " $folder ${may_include[$folder]} " in
      *" $target "*) ;;
      *) breach "$folder includes $include" ;;
    esac
  done
done

# The classifiers know nothing of the pipeline, and do no I/O and read no clock.
grep -rnE '#include "(pipeline|tests|bench)/' classifiers && breach "classifiers/ must not know what is around it"
grep -rnE '#include <(fstream|iostream|filesystem|thread|mutex|unistd.h|fcntl.h|sys/.*|curl/.*)>' classifiers &&
  breach "classifiers/ must not do I/O or start threads"
grep -rnE '(system_clock|steady_clock|high_resolution_clock)::now|std::time\(|getenv' classifiers &&
  breach "classifiers/ must not read a clock or the environment"
grep -rnE '#include "(tests|bench)/' pipeline && breach "pipeline/ must not know tests or bench"

for file in $(sources '*.h' '*.cc' '*.py' '*.sh' '*.js' '*.jsx' '*.mjs' '*.cjs' '*.css'); do
  [ -f "$file" ] || continue
  lines=$(wc -l <"$file")
  [ "$lines" -le "$FILE_LINES_MAX" ] || breach "$file has $lines lines, more than $FILE_LINES_MAX"
done
for header in $(sources '*.h'); do
  [ -f "$header" ] || continue
  grep -q '^#pragma once$' "$header" || breach "$header lacks #pragma once"
done
# Two types of one name in one namespace: no compiler sees it if no file includes both, and the
# linker takes one type's functions for the other's. (A header with an inline namespace is apart.)
repeated=$(sources 'classifiers/*.h' 'pipeline/*.h' | xargs -r ls 2>/dev/null | xargs grep -L 'inline namespace' |
  xargs grep -hoE '^(struct|class) [A-Za-z]+( final)?( :[^;]*)? ?\{' | awk '{ print $2 }' | sort | uniq -d)
for name in $repeated; do breach "two headers define a type $name"; done
grep -nwE '(TODO|FIXME|XXX)' $(sources '*.h' '*.cc' | grep -v '^tests/tidy.sh$') && breach "unfinished work"

if command -v clang-format-14 >/dev/null; then
  unformatted=$(sources '*.h' '*.cc' | xargs -r ls 2>/dev/null |
    xargs -r clang-format-14 --dry-run --ferror-limit=1 2>&1 | grep -oE '^[^ :]+' | sort -u)
  for file in $unformatted; do breach "$file is not formatted (clang-format-14 -i $file)"; done
else
  breach "clang-format-14 is missing"
fi

[ "$breaches" -eq 0 ] && echo "tidy: clean"
exit "$((breaches > 0))"
