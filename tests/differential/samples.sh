#!/bin/sh
# samples.sh -- a sample's page under random answers: the same with memogen and
# without.
#
#   samples.sh MEMOIZED PLAIN
set -eu
memoized=$1 plain=$2

"$plain" 4 50 > plain.txt
for setting in MEMO_LOG=warning MEMO_VERIFY=1 MEMO_DISABLE=1; do
    env $setting "$memoized" 4 50 > memoized.txt
    if ! cmp -s plain.txt memoized.txt; then
        echo "With $setting the page is another:" >&2
        diff -U 30 plain.txt memoized.txt | head -100 >&2
        exit 1
    fi
done
