#!/bin/sh
# Installs what the browser tests and the PostgreSQL tests need beyond `make setup`. Without it they are skipped.
set -eu
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "LỖI: cần quyền root để cài gói. Chạy: sudo scripts/setup-browser.sh" >&2; exit 2; }
PACKAGES="chromium chromium-driver postgresql npm fonts-noto-core"
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PACKAGES >/dev/null || {
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PACKAGES >/dev/null
}
npm ci --silent --no-audit --no-fund --prefix tests/browser
