#!/bin/sh
# Back-up of a data folder with SQLite while the service runs, and its restore.
#   deploy/backup.sh save DATA TARGET       deploy/backup.sh restore TARGET DATA
# The database first, the originals after: every document of the saved database then has its file.
set -eu

usage() {
    echo "Cách dùng: $0 save THƯ_MỤC_DỮ_LIỆU NƠI_LƯU | restore NƠI_LƯU THƯ_MỤC_DỮ_LIỆU" >&2
    exit 2
}

[ $# -eq 3 ] || usage
PYTHON="${PYTHON:-python3}"

case "$1" in
save)
    [ -f "$2/store.sqlite" ] || { echo "LỖI: $2 không có store.sqlite." >&2; exit 2; }
    mkdir -p "$3"
    "$PYTHON" - "$2/store.sqlite" "$3/store.sqlite.part" <<'PY'
import sqlite3, sys
source, target = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2])
with target:
    source.backup(target)
PY
    mv "$3/store.sqlite.part" "$3/store.sqlite"
    mkdir -p "$3/originals"
    cp -Rn "$2/originals/." "$3/originals/"
    ;;
restore)
    [ -f "$2/store.sqlite" ] || { echo "LỖI: $2 không có store.sqlite." >&2; exit 2; }
    [ ! -e "$3/store.sqlite" ] || { echo "LỖI: $3 đã có kho; chọn thư mục trống." >&2; exit 2; }
    mkdir -p "$3/originals"
    cp -R "$2/originals/." "$3/originals/"
    cp "$2/store.sqlite" "$3/store.sqlite"
    ;;
*)
    usage
    ;;
esac
