#!/bin/sh
# Creates .venv and installs everything the project needs. Runs again quickly: a stamp remembers what was installed.
set -eu
cd "$(dirname "$0")/.."

PACKAGES="python3-venv tesseract-ocr tesseract-ocr-vie tesseract-ocr-script-viet fonts-croscore fonts-dejavu fonts-freefont-ttf"
STAMP=".venv/.installed-$(cat requirements.lock pyproject.toml scripts/setup.sh | sha256sum | cut -c1-16)"

fail() {
    echo "LỖI: $1" >&2
    exit 2
}

missing_packages() {
    for package in $PACKAGES; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
    done
}

system_packages() {
    command -v dpkg-query >/dev/null || return 0
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        root=""
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        root="sudo"
    else
        fail "thiếu gói hệ thống. Chạy: sudo apt-get install -y $missing rồi chạy lại 'make setup'."
    fi
    echo "Cài gói hệ thống: $missing"
    $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || {
        $root apt-get update -qq >/dev/null
        $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
    } || fail "không cài được: $missing. Chạy: sudo apt-get install -y $missing"
}

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "cần Python từ 3.11, máy có $(python3 -V)."
if [ -f "$STAMP" ]; then
    exit 0
fi
system_packages
python3 -c 'import venv, ensurepip' 2>/dev/null || fail "thiếu mô-đun venv. Chạy: sudo apt-get install -y python3-venv"
[ -x .venv/bin/python ] || python3 -m venv .venv
echo "Cài các gói Python vào .venv"
.venv/bin/python -m pip install -qq --disable-pip-version-check -r requirements.lock ||
    fail "không cài được các gói Python trong requirements.lock. Xem thông báo của pip ở trên, kiểm tra mạng rồi chạy lại."
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
rm -f .venv/.installed-*
touch "$STAMP"
