#!/bin/sh
# Make what the section "memogen" reads: three sources with annotations.
#
#   sources.sh MEMOGEN INCLUDE FOLDER
#
#   small.c    a sample of this project
#   medium.c   SQLite's zipfile extension, 2,200 lines
#   large.c    all of SQLite in one file, 250,000 lines
#
# SQLite comes from Debian's source package; what memogen suggests is annotated,
# up to 50 functions a file.
set -eu

MEMOGEN=$1 MEMO_INCLUDE=$2 folder=$3
samples=$(cd "$(dirname "$0")/../../samples" && pwd)
# shellcheck source=../differential/common.sh
. "$(dirname "$0")/../differential/common.sh"

# take SOURCE FILE: a copy, its first 50 functions annotated
take() {
    cp "$1" "$2"
    annotate "$2" -- -I. -I"$MEMO_INCLUDE"
    awk '/^ *\/\* @memo \*\/$/ && ++count > 50 { next } 1' "$2" > annotated.c
    mv annotated.c "$2"
}

mkdir -p "$folder"
cd "$folder"
[ -e complete ] && exit 0
unpack sqlite3
(cd sqlite3-src && ./configure --disable-tcl && make sqlite3.c) \
    > sqlite3.log 2>&1 || fail "SQLite cannot be put into one file: sqlite3.log"
cp sqlite3-src/sqlite3.h sqlite3-src/src/sqlite3ext.h .
cp "$samples/load_data/statistics.h" .
cp "$samples/load_data/statistics.c" small.c
take sqlite3-src/ext/misc/zipfile.c medium.c
take sqlite3-src/sqlite3.c large.c
touch complete
