#!/usr/bin/env bash
# Draws bench/results/plots/*.svg: bench/plots/draw.sh [RESULTS.json]
# Without a file from the newest full comparison, or the newest quick one if there is none.
set -euo pipefail
cd "$(dirname "$0")/../.."

newest() { find bench/results -name "*-contenders-$1.json" | sort | tail -n 1; }
results=${1:-$(newest full)}
results=${results:-$(newest quick)}
echo "plots: from $results"
/usr/bin/python3 bench/plots/draw.py "$results" bench/results/plots
