#!/bin/sh
# pages.sh -- made-up pages under made-up answers: the same trees and results
# with memogen and without.
#
#   pages.sh MEMOIZED PLAIN
#
# MEMO_TEST_DEPTH: quick, normal or deep.
set -eu
memoized=$1 plain=$2

case ${MEMO_TEST_DEPTH:-normal} in
quick) count=50 ;;
deep) count=2000 ;;
*) count=200 ;;
esac

"$plain" 1 $count 50 > plain.txt
for setting in MEMO_STATS=1 MEMO_VERIFY=1 MEMO_DISABLE=1; do
    env $setting "$memoized" 1 $count 50 > memoized.txt 2> stats.txt || {
        cat stats.txt >&2
        exit 1
    }
    if ! cmp -s plain.txt memoized.txt; then
        echo "With $setting pages are others:" >&2
        diff -U 30 plain.txt memoized.txt | head -100 >&2
        exit 1
    fi
    cat stats.txt
done
