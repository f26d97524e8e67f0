#!/usr/bin/env bash
# Builds the review page into build/page (or the folder given): npm packages from the lock file, bundled.
# Safe to run again; needs root, or sudo, only if there is no node. With Debian 12's node 18 or newer.
set -euo pipefail
cd "$(dirname "$0")"
out=${1:-../../../build/page}
mkdir -p "$out"
out=$(cd "$out" && pwd)

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "page: installing node"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends nodejs npm
fi

if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  echo "page: installing its packages with node $(node --version), npm $(npm --version)"
  npm ci --no-audit --no-fund --loglevel=error
  cp package-lock.json node_modules/.installed-lock.json
fi
node bundle.mjs "$out"
echo "page: built into $out"
