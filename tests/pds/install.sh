#!/usr/bin/env bash
# Installs the Bluesky server that tests/pds runs against, from its lock file, into this folder.
# Safe to run again; needs root, or sudo, only if there is no node. With Debian 12's node 18 or newer.
set -euo pipefail
cd "$(dirname "$0")"

if cmp -s package-lock.json node_modules/.installed-lock.json; then
  echo "test server: all there"
  exit 0
fi

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "test server: installing node"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq
  # libnode-dev and make: one module of the server is compiled, without asking the network for headers.
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends nodejs npm libnode-dev make
fi
if [ -d /usr/include/node ]; then export npm_config_nodedir=/usr; fi

echo "test server: installing with node $(node --version), npm $(npm --version)"
npm ci --no-audit --no-fund --loglevel=error
cp package-lock.json node_modules/.installed-lock.json
