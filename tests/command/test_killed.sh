#!/bin/sh
# A memogen that is killed leaves each output as it was, or whole.
# shellcheck source=tests/command/common.sh
. "$(dirname "$0")/common.sh"

case ${MEMO_TEST_DEPTH:-normal} in
quick) rounds=10 ;;
deep) rounds=1000 ;;
*) rounds=15 ;;
esac

begin "killed"
for i in 1 2 3 4 5 6 7 8; do
    sed "s/square/square_$i/" src/good.c > "src/many_$i.c"
    # Large enough to be written in more than one go.
    awk "BEGIN { for (i = 0; i < 3000; i++)
        printf \"extern int object_${i}_%d; /* a line to copy */\\n\", i }" \
        >> "src/many_$i.c"
done
run 0 -j 2 -o whole src/many_*.c

# How long a run takes, in milliseconds.
now() { date +%s%N | cut -c1-13; }
start=$(now)
run 0 -j 2 -o timed src/many_*.c
length=$(($(now) - start + 5))

# The same texts, whose names of the output's folder differ.
is_whole() {
    sed 's/"gen\//"whole\//' "$1" | cmp -s - "whole/$(basename "$1")"
}

round=0 interrupted=0
while [ "$round" -lt "$rounds" ]; do
    round=$((round + 1))
    rm -rf gen
    [ $((round % 2)) = 0 ] || { mkdir gen && echo old > gen/many_1.memo.c; }
    "$memogen" -j 2 -o gen src/many_*.c 2> ../err &
    # Most of a run reads; the interesting part comes at its end.
    delay=$((length * (50 + round * 7 % 60) / 100))
    sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
    kill -KILL $! 2> ../kill && interrupted=$((interrupted + 1))
    wait $! 2> ../wait
    for file in gen/*.memo.c; do
        [ -e "$file" ] || continue
        [ "$(head -c 4 "$file")" = "old" ] || is_whole "$file" ||
            fail "round $round leaves a part of $file"
    done
done
check "some runs were interrupted" [ "$interrupted" -gt 0 ]
run 0 -j 2 -o gen src/many_*.c
for file in gen/*.memo.c; do
    check "the next run makes all whole" is_whole "$file"
done
end
