#!/usr/bin/env bash
# From a bare Debian 12 to the review page: installs what is missing, builds a release, sweeps
# the made-up regency of data/samples/, and serves what was found. Safe to run again; each run
# begins with a new queue.
#
#   ./demo.sh [--no-serve] [--port N]
#
# --no-serve ends with the summary, the top flags, and where the queue lies.
set -euo pipefail
cd "$(dirname "$0")"

serve=yes
port=8080
while [ $# -gt 0 ]; do
  case $1 in
    --no-serve) serve=no; shift ;;
    --port) port=${2:?--port needs a number}; shift 2 ;;
    *)
      echo "usage: ./demo.sh [--no-serve] [--port N]" >&2
      exit 2
      ;;
  esac
done

echo "== packages"
./install-packages.sh build

echo "== build (release)"
cmake --preset release -DPANTAU_TESTS=OFF >build.log 2>&1 || { cat build.log >&2; exit 1; }
cmake --build --preset release --target pantau
rm -f build.log

echo "== review page"
pipeline/web/page/build.sh

echo "== sweep of data/samples/regency"
mkdir -p build/demo
rm -f build/demo/queue.sqlite build/demo/queue.sqlite-*
build/bin/pantau sweep data/samples/regency/sweep.toml \
  --flags build/demo/flags.ndjson --rejects build/demo/rejects.ndjson \
  --summary build/demo/summary.json

echo
echo "== the top flags (dugaan: suspicions that await a person)"
python3 - build/demo/flags.ndjson <<'PYTHON'
import json
import sys

LEVELS = ["critical", "high", "medium", "low", "info"]
SHOWN = 20

flags = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
flags.sort(key=lambda flag: LEVELS.index(flag["level"]))
print(f"{'level':9}{'subject':12}{'act':18}{'candidate':22}{'stage':11}{'items':12}text")
for flag in flags[:SHOWN]:
    record, match = flag["record"], flag["matches"][0]
    act = f"{record['platform']} {record['kind']}"
    candidate = f"{match['contest']}/{match['candidate'] or '-'}"
    text = " ".join(record.get("text", "").split())
    print(f"{flag['level']:9}{flag['subject']['id']:12}{act:18.17}{candidate:22.21}"
          f"{match['stage']:11}{','.join(match['proposes'])[:11]:12}{text[:60]}")
print(f"({min(SHOWN, len(flags))} of {len(flags)} flags)")
PYTHON

cat <<END

The review queue:  build/demo/queue.sqlite
All flags:         build/demo/flags.ndjson
Rejected lines:    build/demo/rejects.ndjson
Summary (JSON):    build/demo/summary.json
END

if [ "$serve" = yes ]; then
  echo
  echo "== review page: sign in as 'analis' and go through the queue (j and k: next and previous, ?: all keys)"
  exec build/bin/pantau serve data/samples/regency/sweep.toml --port "$port" --demo-staff
fi
