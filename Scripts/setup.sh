#!/usr/bin/env bash
# Installs the system packages that building and testing need, or prints the exact command.
set -euo pipefail

packages=()
command -v swift >/dev/null || { echo "Swift 6.3 is needed first: https://www.swift.org/install/linux/" >&2; exit 1; }
[ -e /usr/include/sqlite3.h ] || packages+=(libsqlite3-dev)
[ -e /usr/include/sodium.h ] || packages+=(libsodium-dev)
[ -e /usr/share/zoneinfo/America/New_York ] || packages+=(tzdata)
command -v python3 >/dev/null || packages+=(python3)
command -v sqlite3 >/dev/null || packages+=(sqlite3)
[ ${#packages[@]} -eq 0 ] && exit 0

install=(apt-get install -y --no-install-recommends "${packages[@]}")
if ! command -v apt-get >/dev/null; then
    echo "These packages, under their Debian names, are missing: ${packages[*]}. Install them and try again." >&2
    exit 1
elif [ "$(id -u)" -eq 0 ]; then
    apt-get update -q && DEBIAN_FRONTEND=noninteractive "${install[@]}"
elif sudo -n true 2>/dev/null; then
    sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive "${install[@]}"
else
    echo "Run this, then try again:  sudo ${install[*]}" >&2
    exit 1
fi
