#!/usr/bin/env bash
# Installs the contenders: bench/contenders/install.sh [FOLDER]   (default build/contenders)
# Debian's are installed if missing (root, or sudo); those of npm come into FOLDER, in the
# versions of package-lock.json. Nothing is written into the source tree. Safe to run again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$(dirname "$(dirname "$here")")/build/contenders}

missing=()
command -v rg >/dev/null || missing+=(ripgrep)
command -v jq >/dev/null || missing+=(jq)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
/usr/bin/python3 -c 'import matplotlib' 2>/dev/null || missing+=(python3-matplotlib)
if [ ${#missing[@]} -gt 0 ]; then
  echo "contenders: installing ${missing[*]}"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

mkdir -p "$folder"
if cmp -s "$here/package-lock.json" "$folder/package-lock.json" && [ -e "$folder/complete" ]; then
  echo "contenders: all there, in $folder"
  exit 0
fi
rm -f "$folder/complete"
cp "$here/package.json" "$here/package-lock.json" "$folder/"
# Not "npm ci": the lock file names the packages of Linux only, and it would miss the others.
(cd "$folder" && npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error)
touch "$folder/complete"
echo "contenders: installed, in $folder"
