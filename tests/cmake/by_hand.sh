#!/bin/sh
# Use an installed memogen without CMake: one command, and README's Makefile.
#
#   sh tests/cmake/by_hand.sh PREFIX SCRATCH CC
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
prefix=$1
scratch=$2
CC=$3

rm -rf "$scratch"
mkdir -p "$scratch/src"
cd "$scratch"

PATH=$prefix/bin:$PATH
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name memo.pc)")
LD_LIBRARY_PATH=$(pkg-config --variable=libdir "$PKG_CONFIG_PATH/memo.pc")
export PATH PKG_CONFIG_PATH LD_LIBRARY_PATH CC

fail() {
    echo "not so: $*"
    exit 1
}

cat > src/main.c <<'END'
#include <memo.h>
#include <stdio.h>

long fib(int n);

int main(void)
{
    long result = fib(90);
    memo_stats stats;

    if (memo_stats(fib, &stats) != MEMO_OK)
        return 1;
    printf("%ld, %d runs\n", result, (int)stats.misses);
    return 0;
}
END
cat > src/start.h <<'END'
#define START 0
END
cat > src/fib.c <<'END'
#include "start.h"

/* @memo */
long fib(int n)
{
    return n < 2 ? START + n : fib(n - 1) + fib(n - 2);
}
END
expected='2880067194370816120, 91 runs'

# One command; with the shared library, then with the static one.
memogen -o out src/*.c
# shellcheck disable=SC2046
$CC out/*.c $(pkg-config --cflags --libs memo) -o fib
[ "$(./fib)" = "$expected" ] || fail "a program works"
# shellcheck disable=SC2046
$CC -static out/*.c $(pkg-config --cflags --libs --static memo) -o fib_static
[ "$(./fib_static)" = "$expected" ] || fail "a static program works"

# The Makefile of the README: builds, does nothing twice, sees changed headers.
rm -r out
sed -n '/^```make$/,/^```$/{/^```/!p}' "$root/README.md" > Makefile
grep -q memogen Makefile || fail "the README has a Makefile"
make
[ "$(./app)" = "$expected" ] || fail "the Makefile's program works"
if make | grep memogen; then
    fail "a second make does nothing"
fi
sleep 1.1
echo '#define START 1' > src/start.h
make | grep 'memogen.*fib' || fail "a changed header is seen"
! ./app | grep "$expected" || fail "the program has the new header"

# Results that outlive the process; without the library the linker names it.
if [ -f "$PKG_CONFIG_PATH/memo-disk.pc" ]; then
    mkdir -p stored
    cat > stored/twice.c << 'END'
#include <stdio.h>

/* @memo(persist="disk", impure_ok) */
int twice(int n)
{
    puts("the body runs");
    return 2 * n;
}

int main(void)
{
    printf("%d\n", twice(21));
    return 0;
}
END
    memogen -o stored/out stored/twice.c
    # shellcheck disable=SC2046
    if $CC stored/out/*.c $(pkg-config --cflags --libs memo) -o twice \
        2> linker.txt; then
        fail "without its library it does not link"
    fi
    grep -q 'memo_disk_store_is_in_libmemo_disk' linker.txt ||
        fail "the linker names the library"
    # shellcheck disable=SC2046
    $CC stored/out/*.c $(pkg-config --cflags --libs memo-disk) -o twice
    # shellcheck disable=SC2046
    $CC stored/out/*.c $(pkg-config --cflags memo-disk) -Wl,-Bstatic \
        $(pkg-config --libs --static memo-disk) -Wl,-Bdynamic -o twice_static
    # Whatever else the machine has to do.
    MEMO_CACHE_DIR=$scratch/cache MEMO_STORE_TIMEOUT=30s
    export MEMO_CACHE_DIR MEMO_STORE_TIMEOUT
    [ "$(./twice)" = "the body runs
42" ] || fail "the first process computes"
    [ "$(./twice)" = 42 ] || fail "the next one does not"
    [ "$(./twice_static)" = 42 ] || fail "nor does another program"
fi

# A page, where there are any.
if [ -f "$PKG_CONFIG_PATH/memo-st.pc" ]; then
    sample=$root/samples/plus_one
    memogen -o page "$sample"/*.c
    # shellcheck disable=SC2046
    $CC page/*.c $(pkg-config --cflags --libs memo-st) -o plus_one
    # shellcheck disable=SC2046
    $CC page/*.c $(pkg-config --cflags memo-st) \
        -Wl,-Bstatic $(pkg-config --libs --static memo-st) -Wl,-Bdynamic \
        -o plus_one_static
    for program in plus_one plus_one_static; do
        ./$program > found.txt 2> report.txt || fail "$program works"
        diff "$sample/expected.txt" found.txt || fail "$program draws its page"
        diff "$sample/report.txt" report.txt || fail "$program is memoized"
    done
fi

# The same page for browsers; here nobody listens.
if [ -f "$PKG_CONFIG_PATH/memo-app.pc" ]; then
    cat > served.c << 'END'
#include "page.h"

#include <st/app.h>

int main(int argc, char **argv)
{
    return st_app_run(argc, argv, draw_page, NULL);
}
END
    cp "$sample/page.h" .
    # shellcheck disable=SC2046
    $CC served.c page/page.memo.c $(pkg-config --cflags --libs memo-app) \
        -o served
    ./served --headless | grep 'Nuke the value' || fail "the app draws its page"
fi
