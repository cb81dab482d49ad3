#!/bin/sh
# Programs made by csmith must print the same with and without memogen.
#
#   sh csmith.sh [SEEDS [FIRST]]
#
# Every function that memogen suggests is annotated.  A control annotates them
# all, pure or not: if the outputs stayed the same then too, the comparison
# could not see a stale result.
set -u
. "$(dirname "$0")/common.sh"
case ${MEMO_TEST_DEPTH:-normal} in
quick) seeds=3 controls=20 ;;
deep) seeds=500 controls=50 ;;
*) seeds=8 controls=20 ;;
esac
seeds=${1:-$seeds}
first=${2:-1}
flags="-w -O0 -I/usr/include/csmith"
command -v csmith > /dev/null || fail "csmith is missing (Debian: csmith libcsmith-dev)"

# program SEED FILE OPTIONS...: a program whose main() calls all functions
program()
{
    seed=$1 file=$2
    shift 2
    csmith --seed "$seed" --nomain --no-checksum --no-volatiles --no-unions \
        --no-const-struct-union-fields --max-funcs 30 \
        --max-block-depth 2 --max-block-size 2 "$@" > "$file" &&
        awk -f "$here/driver.awk" "$file" > "$file.main" &&
        cat "$file.main" >> "$file" && rm "$file.main"
}

# build NAME SOURCE...
build()
{
    name=$1
    shift
    $CC $flags -I"$MEMO_INCLUDE" "$@" -o "$name" "$MEMO_LIBRARY" -lpthread ||
        fail "$name does not compile: $*"
}

# run SECONDS COMMAND...: what the plain program does in two seconds takes the
# others longer at times, as when every hit is computed again.
run()
{
    seconds=$1
    shift
    timeout "$seconds" "$@" 2>> errors
}

compared=0 annotated=0 skipped=0
rm -f errors report.* verify.*
for seed in $(seq "$first" $((first + seeds - 1))); do
    # Programs without globals are pure throughout; those with keep memogen on
    # its toes about what is not.
    case $((seed % 3)) in
    0) program "$seed" p.c --no-pointers ;;
    *) program "$seed" p.c --no-pointers --no-global-variables ;;
    esac || fail "csmith --seed $seed"
    build plain p.c
    run 2 ./plain > plain.out || { skipped=$((skipped + 1)); continue; }
    annotate p.c -- $flags
    annotated=$((annotated + $(grep -c '^/\* @memo \*/$' p.c)))
    "$MEMOGEN" -q -Werror -o p.memo.c p.c -- $flags ||
        fail "seed $seed: memogen complains about what it suggested"
    build memoized p.memo.c "$here/report.c"
    MEMO_REPORT=report.$seed run 120 ./memoized > memoized.out ||
        fail "seed $seed: the memoized program does not end well"
    cmp -s plain.out memoized.out ||
        fail "seed $seed: the outputs differ: $(diff plain.out memoized.out |
            head -n 3)"
    MEMO_VERIFY=1 MEMO_REPORT=verify.$seed run 120 ./memoized > verified.out ||
        fail "seed $seed: does not end well under MEMO_VERIFY=1"
    cmp -s plain.out verified.out ||
        fail "seed $seed: the outputs differ under MEMO_VERIFY=1"
    compared=$((compared + 1))
done
# A run that times out is cut short by csmith's loops, not by memogen.
echo "$compared programs compared, $skipped left out (they do not end)"
check_share "$(count_hits report.*)" "$annotated" 80 || exit 1
lies=$(cat verify.* | awk '{ lies += $4 } END { print lies + 0 }')
[ "$lies" -eq 0 ] || fail "MEMO_VERIFY=1 found $lies results that differ"

differ=0
for seed in $(seq 1 $controls); do
    program "$seed" c.c --no-pointers || fail "csmith --seed $seed"
    build plain c.c
    run 2 ./plain > plain.out || continue
    awk '/^(static |inline ).* func_[0-9]+\(.*\)$/ { print "/* @memo */" } 1' \
        c.c > all.c
    "$MEMOGEN" -q -o all.memo.c all.c -- $flags 2> /dev/null || continue
    build memoized all.memo.c "$here/report.c"
    run 120 ./memoized > memoized.out
    cmp -s plain.out memoized.out || differ=$((differ + 1))
done
echo "control: $differ of $controls programs differ when purity is ignored"
[ "$differ" -ge 5 ] || fail "the control must differ in at least 5 programs"
