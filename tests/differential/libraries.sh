#!/bin/sh
# C libraries that others wrote must pass their own tests with and without
# memogen, and print the same: utf8proc and libnova, from Debian's sources.
#
#   sh libraries.sh
#
# Every function that memogen suggests is annotated.  Not all are called by the
# libraries' tests, so a share of hits is not asked for here.
set -u
. "$(dirname "$0")/common.sh"

# prepare PACKAGE: ./plain and ./memoized, fresh copies
prepare()
{
    unpack "$1"
    rm -rf plain memoized report.*
    cp -r "$1-src" plain
    cp -r "$1-src" memoized
}

# memoize FOLDER FILE... -- FLAGS: annotate the sources of ./memoized/FOLDER and
# write memogen's output to ./out
memoize()
{
    (cd memoized && annotate "$@") || exit 1
    rm -rf out
    (cd memoized && "$MEMOGEN" -q -Werror -o ../out "$@") ||
        fail "memogen complains about what it suggested"
    annotated=$(grep -rh '^ *\/\* @memo \*\/$' memoized | wc -l)
}

# run_both NAME FOLDER: ./plain.NAME and ./memoized.NAME, run in FOLDER of their
# own copies, must print the same
run_both()
{
    name=$1 folder=$2 top=$PWD
    (cd "plain/$folder" && timeout 120 "$top/plain.$name") > plain.out 2>&1
    code=$?
    for verify in 0 1; do
        (cd "memoized/$folder" &&
            MEMO_VERIFY=$verify MEMO_REPORT=$top/report.$verify.$name \
                timeout 120 "$top/memoized.$name") > memoized.out 2>&1
        [ $? -eq $code ] || fail "$name: does not end with exit code $code"
        # Times never agree.
        sed -i '/ msecs$/d' plain.out memoized.out
        cmp -s plain.out memoized.out ||
            fail "$name, MEMO_VERIFY=$verify: $(diff plain.out memoized.out |
                head -n 3)"
    done
}

# functions REPORT...: "functions called, with a hit, lies", each counted once
functions()
{
    cat "$@" | awk '{ called[$1] += $2; hit[$1] += $3; lies += $4 }
        END { for (f in called) { n += called[f] > 0; h += hit[f] > 0 }
              print n + 0 ", with a hit " h + 0 ", lies " lies + 0 }'
}

finish()
{
    summary=$(functions report.0.* report.1.*)
    echo "$1: annotated $annotated, called $summary"
    case $summary in
    *"lies 0") ;;
    *) fail "$1: MEMO_VERIFY=1 found results that differ" ;;
    esac
    hits=${summary#*hit }
    [ "${hits%%,*}" -ge "$2" ] || fail "$1: fewer than $2 functions had a hit"
}

utf8proc()
{
    prepare utf8proc
    memoize utf8proc.c -- -I.
    # Its tables take a while to compile.
    $CC -O1 -w -Iplain -c plain/utf8proc.c -o plain.o || fail "utf8proc"
    (cd out && $CC -O1 -w -I../memoized -I"$MEMO_INCLUDE" -c ./*.c) ||
        fail "utf8proc, memoized"
    for test in case charwidth custom misc iterate valid; do
        $CC -O1 -w -Iplain plain/test/$test.c plain/test/tests.c \
            plain.o -o plain.$test || fail "utf8proc: $test"
        $CC -O1 -w -Imemoized -I"$MEMO_INCLUDE" memoized/test/$test.c \
            memoized/test/tests.c out/*.o "$here/report.c" -o memoized.$test \
            "$MEMO_LIBRARY" -lpthread || fail "utf8proc: $test, memoized"
        run_both $test test
    done
    finish utf8proc 5
}

libnova()
{
    flags="-Isrc -I. -D__LINUX__ -includeconfig.h"
    prepare libnova
    # The tests print the present time and Julian day, which never agree.
    for copy in plain memoized; do
        for has in ROUND COSL SINL ACOSL ASINL ATAN2L UNISTD_H SYS_TIME_H \
            GETTIMEOFDAY; do
            echo "#define HAVE_$has 1"
        done > $copy/config.h
        echo '#define LIBNOVA_VERSION "0"' >> $copy/config.h
        # As released, misc.c lacks these outside of Windows.
        { printf 'typedef int BOOL;\n#define TRUE 1\n#define FALSE 0\n'
          echo "#define iswhite(c) ((c) == ' ' || (c) == '\t')"
          cat "$copy/src/misc.c"; } > misc.c
        mv misc.c "$copy/src/misc.c"
        sed -i 's/ln_get_julian_from_sys *()/2459000.5/g
            s/ln_get_date_from_sys *(&date)/ln_get_date(2459000.5, \&date)/g
            /^[[:space:]]*usleep/d' $copy/lntest/test.c
    done
    (cd plain && $CC -O1 -w $flags src/*.c lntest/test.c -o ../plain.test -lm) ||
        fail "libnova does not compile"
    (cd memoized && ls src/*.c) > sources
    memoize $(cat sources) -- $flags
    (cd memoized && $CC -O1 -w $flags -I"$MEMO_INCLUDE" ../out/*.c \
        lntest/test.c "$here/report.c" -o ../memoized.test "$MEMO_LIBRARY" \
        -lm -lpthread) || fail "libnova does not compile, memoized"
    run_both test .
    finish libnova 5
}

utf8proc
libnova
