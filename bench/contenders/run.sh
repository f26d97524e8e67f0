#!/usr/bin/env bash
# Pantau and its contenders on the same work, and the plots of it:
#
#   bench/contenders/run.sh --quick          a small archive, some minutes
#   bench/contenders/run.sh --full           1 GB and five million accounts, an hour and a half
#   bench/contenders/run.sh CORPUS_DIR       the table only, over a corpus of pantau_corpus
#
# Further options: run.py --help. Installs what is missing, builds a release, and writes
# bench/results/DATE-contenders-*.{json,md} and bench/results/plots/*.svg.
set -euo pipefail
cd "$(dirname "$0")/../.."

bench/contenders/install.sh
cmake --preset release >build-contenders.log 2>&1 || { cat build-contenders.log >&2; exit 1; }
rm -f build-contenders.log
cmake --build --preset release --target pantau pantau_corpus
/usr/bin/python3 bench/contenders/run.py "$@"
bench/plots/draw.sh
