#!/bin/sh
# cache_common.sh -- words of the tests of `memogen cache`.
#
#   sh test_x.sh MEMOGEN SCRATCH ROOT COMPILER FLAGS
#
# FLAGS compile and link a program whose results persist on the disk.
# shellcheck source=tests/command/common.sh
. "$(dirname "$0")/common.sh"
flags=$5
unset MEMO_CACHE_DIR MEMO_REDIS_URL COLUMNS MEMO_DISK_MAX MEMO_LOG
# However busy the machine is.
export MEMO_STORE_TIMEOUT=30s

# make NAME: the program cache_NAME.c becomes ../NAME.
make() {
    run 0 -o gen "$root/tests/command/cache_$1.c" -- -I "$root/runtime/include"
    # shellcheck disable=SC2086
    "$compiler" -Wall -Wextra -Werror "gen/cache_$1.memo.c" \
        -I "$root/runtime/include" $flags -o "../$1" || fail "$1 is not made"
}

# computes DIRECTORY PROGRAM ARGUMENT...: with its results there.
computes() {
    directory=$1 program=$2
    shift 2
    MEMO_CACHE_DIR=$PWD/$directory "../$program" "$@" > ../out 2> ../err ||
        fail "$program $* ends with $?"
}

# How many runs of bodies the same took.
misses() {
    MEMO_LOG=miss computes "$@"
    grep -c ': miss' ../err
}

# entry FUNCTION: the first entry of it that was printed.
entry() {
    sed -n "s/^\([0-9a-f]\{16\}\)  $1 .*/\1/p" ../out | head -n 1
}

is_json() {
    if command -v node > /dev/null; then
        node -e 'JSON.parse(require("fs").readFileSync(0, "utf8"))' < ../out
    else
        head -c 1 ../out | grep -q '^\['
    fi
}

# flip FILE OFFSET: another byte stands there.
flip() {
    old=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
    # shellcheck disable=SC2059
    printf "\\$(printf %03o $(((old + 85) % 256)))" |
        dd of="$1" bs=1 seek="$2" conv=notrunc 2> ../dd
}
