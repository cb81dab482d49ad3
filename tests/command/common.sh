#!/bin/sh
# common.sh -- words of the tests of the command line.
#
#   sh test_x.sh MEMOGEN SCRATCH ROOT COMPILER
#
# A test runs memogen by `run CODE ARGUMENT...`, which fails unless it ends with
# that code, and leaves what it said in the files `out` and `err` beside the
# current folder.  `check "a fact" COMMAND...` fails unless the command succeeds.
set -u
memogen=$1 scratch=$2 root=$3 compiler=$4
failed=0

# An empty folder to work in, with a source that is good and one that is not.
begin() {
    what=$1
    rm -rf "$scratch"
    mkdir -p "$scratch/work/src/sub"
    cd "$scratch/work" || exit 1
    cat > src/good.c <<'TEXT'
// @memo(ttl=60)
int square(int n)
{
    return n * n;
}
TEXT
    cat > src/sub/plain.c <<'TEXT'
int plain(int n);
int plain(int n)
{
    return n + 1;
}
TEXT
    cat > src/bad.c <<'TEXT'
// @memo
int look_up(const int *table, int n)
{
    return table[n];
}
TEXT
}

fail() {
    failed=$((failed + 1))
    echo "FAILED, $what: $*" >&2
}

run() {
    expected=$1
    shift
    found=0
    "$memogen" "$@" > ../out 2> ../err || found=$?
    [ "$found" = "$expected" ] || {
        fail "'memogen $*' ends with $found, not $expected"
        cat ../err >&2
    }
}

check() {
    fact=$1
    shift
    "$@" || fail "$fact"
}

not() {
    ! "$@"
}

says() {
    grep -qF -e "$1" ../err
}

prints() {
    grep -qF -e "$1" ../out
}

is_silent() {
    [ ! -s ../out ] && [ ! -s ../err ]
}

is_empty() {
    [ -z "$(ls -A "$1" 2> /dev/null)" ]
}

# compiles FILE...: what memogen wrote is C without warnings.
compiles() {
    "$compiler" -Wall -Wextra -Werror -c "$1" -o ../object.o \
        -I "$root/runtime/include"
}

# What a folder holds, with the time and the content of each file.
state() {
    find "$1" -type f -exec stat -c '%n %y %i' {} + -exec cksum {} + | sort
}

end() {
    [ "$failed" -eq 0 ] || exit 1
}
