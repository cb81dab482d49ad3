#!/bin/sh
# Archives of `memogen cache`, and caches and archives that are damaged.
# shellcheck source=tests/command/cache_common.sh
. "$(dirname "$0")/cache_common.sh"

case ${MEMO_TEST_DEPTH:-normal} in
quick) rounds=5 ;;
deep) rounds=300 ;;
*) rounds=10 ;;
esac

begin "archives"
make numbers
computes cache numbers 3
export MEMO_CACHE_DIR="$PWD/cache"
run 0 cache export archive
check "it says how many" says "5 entries of 3 functions"
check "it is the user's alone" [ "$(stat -c %a archive)" = 600 ]
check "nothing is left beside it" [ "$(echo archive*)" = archive ]
run 0 cache export
check "the standard output gets the same" cmp archive ../out
run 0 cache import archive --dir other
check "it says how many" prints "5 entries"
check "programs find them" [ "$(misses other numbers 3)" = 0 ]
run 0 cache verify --dir other
run 0 cache import archive
check "twice is once" prints "5 entries"
run 0 cache
check "none is there twice" [ "$(wc -l < ../out)" = 6 ]
run 0 cache --store dir --dir other
check "each is in the store it came from" [ "$(entry greet)" != "" ]
run 0 cache import archive --store dir --dir third
run 0 cache --dir third --store dir
check "or in the one that is named" [ "$(entry square)" != "" ]
"$memogen" cache import --dir fourth < archive > ../out 2> ../err ||
    fail "the standard input is not read"
run 2 cache export /dev/full
check "a full disk is told" says "cannot write '/dev/full'"
run 2 cache export nowhere/archive
check "so is a folder that is not there" says "cannot write 'nowhere/archive'"
run 2 cache import nowhere
check "and a file" says "cannot read 'nowhere'"
run 2 cache import .
check "and a folder" says "cannot be read"
if command -v script > /dev/null; then
    script -qec "'$memogen' cache export" /dev/null < /dev/null > ../out
    check "a terminal gets no archive" prints "is a terminal; name a file"
fi

begin "archives that are none"
export MEMO_CACHE_DIR="$PWD/cache"
for text in "" "hello"; do
    printf %s "$text" > none
    run 2 cache import none
    check "it is told" says "it is no archive of memogen"
done
check "no cache is made for it" test ! -e cache

begin "damaged archives"
make numbers
computes cache numbers 9
export MEMO_CACHE_DIR="$PWD/cache"
run 0 cache export archive
size=$(stat -c %s archive)
head -c $((size - 50)) archive > shortened
run 1 cache import shortened --dir other
check "a cut is told" prints "the archive is cut off"
run 0 cache verify --dir other
round=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    # Behind the head, which says what it is.
    at=$((110 + (size - 110) * round / (rounds + 1)))
    cp archive flipped
    flip flipped "$at"
    rm -rf other
    run 1 cache import flipped --dir other
    run 0 cache verify --dir other
    ! [ "$(misses other numbers 9)" -gt 12 ] || fail "byte $at costs too much"
done

begin "a damaged file of an entry"
make numbers
computes cache numbers 3
export MEMO_CACHE_DIR="$PWD/cache"
file=$(find cache/dir-1/entries -type f)
flip "$file" "$(($(stat -c %s "$file") - 1))"
run 1 cache verify
check "it is told" prints "its checksum is wrong"
check "with its name" grep -q '^dir: greet (.*): [0-9a-f]\{16\}: ' ../out
run 0 cache
name=$(entry greet)
run 0 cache show "$name"
check "show tells as well" prints "problem    its checksum is wrong"
run 0 cache show "$name" --json
check "it is JSON" is_json
run 1 cache export archive
check "it is left out" says "4 entries of 3 functions; 1 damaged"
echo garbage > "$file"
run 1 cache verify
check "so is what is no entry" prints "dir: greet"
run 0 cache --json
check "it is JSON" is_json
run 0 cache prune --max-size 1G
run 0 cache clear
run 0 cache verify

begin "a damaged database"
make numbers
computes cache numbers 50
export MEMO_CACHE_DIR="$PWD/cache"
cp -R cache copy
for at in $(grep -aobF '[31mb"' cache/disk-1/data.mdb | cut -d: -f1); do
    flip cache/disk-1/data.mdb "$at"
done
run 1 cache verify
check "an entry is told" prints "its checksum is wrong"
head -c 20000 copy/disk-1/data.mdb > cache/disk-1/data.mdb
run 1 cache verify
check "what is dropped is told" says "was damaged"
run 0 cache verify
rm cache/disk-1/data.mdb
mkdir cache/disk-1/data.mdb
run 2 cache ls
check "what cannot be opened is told" says 'persist="disk"'
check "the rest is listed" [ "$(entry greet)" != "" ]
end
