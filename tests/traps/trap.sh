#!/bin/sh
# trap.sh -- one program, as written and as memogen rewrites it: same output?
#
#   trap.sh CASE MEMOGEN INCLUDE LIBRARY SCRATCH COMPILER...
#
# CASE is a folder of C files that make one program.  Each line of its file
# `flags` (none: one empty line) is a way to compile it; memogen gets the same.
# Whatever memogen writes must compile without a warning, and the program must
# print the same, say nothing on the standard error, and end alike: plain,
# memoized, with every hit verified, disabled, and with sanitizers; by the first
# compiler, or all with MEMO_TEST_DEPTH=deep.  TRAP_FLAGS is what the library was
# compiled with besides, TRAP_LIBRARIES what is linked before it.
set -eu
case=$(cd "$1" && pwd) memogen=$2 include=$3 library=$4 scratch=$5
shift 5
[ "${MEMO_TEST_DEPTH:-normal}" = deep ] || set -- "$1"
traps=$(dirname "$case")
warnings="-Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes
    -Wredundant-decls -Wstrict-prototypes -Wundef -Wwrite-strings
    -Wcast-qual -Werror"
sanitize="-g -fsanitize=address,undefined -fno-sanitize-recover=all"

fail() {
    echo "$case, $compiler $flags: $*" >&2
    exit 1
}

# compare NAME [VARIABLE=VALUE]: run it, expect what the plain program did.
compare() {
    what="$*"
    program=$1
    shift
    code=0
    env "$@" "$scratch/$program" >"$scratch/found" 2>"$scratch/errors" ||
        code=$?
    if [ -s "$scratch/errors" ]; then
        cat "$scratch/errors" >&2
        fail "$what says something"
    fi
    diff -u "$scratch/expected" "$scratch/found" >&2 || fail "$what differs"
    [ "$code" = "$expected" ] || fail "$what ends with $code, not $expected"
}

# build NAME FOLDER FLAGS...
build() {
    output=$scratch/$1 folder=$2
    shift 2
    "$compiler" $warnings "$@" ${TRAP_FLAGS:-} $flags -I"$include" \
        -I"$traps" -o "$output" "$folder"/*.c \
        ${TRAP_LIBRARIES:-} "$library" -pthread -lm ||
        fail "does not compile"
}

try() {
    rm -rf "$scratch/out"
    (cd "$case" && "$memogen" -q -o "$scratch/out" -I"$include" -I"$traps" \
        "$case"/*.c -- $flags) 2>"$scratch/complaints" || {
        cat "$scratch/complaints" >&2
        fail "memogen refuses"
    }
    build plain "$case" -O2
    expected=0
    (cd "$case" && "$scratch/plain") >"$scratch/expected" || expected=$?
    build memoized "$scratch/out" -O2
    build sanitized "$scratch/out" -O1 $sanitize
    cd "$case"
    compare memoized TRAP_PROCESSED=1
    compare memoized MEMO_VERIFY=1
    compare memoized MEMO_DISABLE=1
    compare sanitized TRAP_PROCESSED=1
}

mkdir -p "$scratch"
scratch=$(cd "$scratch" && pwd)
if [ -e "$case/flags" ]; then
    cp "$case/flags" "$scratch/flags"
else
    echo >"$scratch/flags"
fi
while read -r flags; do
    for compiler in "$@"; do
        try
    done
done <"$scratch/flags"
