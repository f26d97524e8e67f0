#!/usr/bin/env bash
# Installs the Debian packages of packages.txt that are missing: ./install-packages.sh [build|test]
# Says what it does; needs root, or sudo, only if something is missing.
set -euo pipefail
cd "$(dirname "$0")"

what=${1:-test}
wanted=$(if [ "$what" = build ]; then sed '/^# test/q' packages.txt; else cat packages.txt; fi |
  grep -v '^#')

missing=()
for package in $wanted; do
  dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
    missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "packages: all there"
  exit 0
fi

echo "packages: installing ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
