#!/bin/sh
# What `memogen cache` tells of results, and that they go when they are to.
# shellcheck source=tests/command/cache_common.sh
. "$(dirname "$0")/cache_common.sh"

begin "no cache"
run 0 cache --dir cache
check "ls says so" prints "There is no cache at 'cache'."
run 0 cache stats --dir cache
check "stats says so" prints "There is no cache at 'cache'."
for command in ls stats; do
    run 0 cache $command --dir cache --json
    check "$command has an empty list" prints "[]"
    check "and nothing else" [ "$(wc -c < ../out)" = 3 ]
done
run 0 cache clear --dir cache
run 0 cache verify --dir cache
run 0 cache prune --max-size 1 --dir cache
run 2 cache show 0123abcd --dir cache
check "show says so" says "there is no cache at 'cache'"
run 2 cache export file --dir cache
check "nothing is made by looking" test ! -e cache
check "nor is the file" test ! -e file
mkdir -m 700 cache
run 0 cache --dir cache
check "an empty folder is none" prints "There is no cache at 'cache'."
check "nothing is made in it" is_empty cache
MEMO_CACHE_DIR=elsewhere
export MEMO_CACHE_DIR
run 0 cache
check "the environment says where it is" prints "'elsewhere'"
unset MEMO_CACHE_DIR

begin "usage"
run 0 cache --help
check "it lists the commands" prints "prune"
run 0 cache prune --help
check "and the options of one" prints "--older-than TIME"
run 2 cache ls --jsno
check "a misspelt option is named" says "did you mean '--json'?"
run 2 cache prune
check "prune needs a bound" says "needs --max-size or --older-than"
run 2 cache show 12
check "an entry has four digits" says "4 to 32 hexadecimal digits"

begin "a cache"
make numbers
computes cache numbers 3
export MEMO_CACHE_DIR="$PWD/cache"
run 0 cache
cp ../out ../listed
check "ls is the default" [ "$(wc -l < ../out)" = 6 ]
check "functions are in order" [ "$(awk 'NR > 1 { print $2 }' ../out |
    tr '\n' ' ')" = "greet square square square weigh " ]
check "arguments are shown" prints 'n = 2'
check "they do not command a terminal" \
    prints 'name = "a\033[31mb\"\n", point = {x = 3, y = 0.5}'
check "places are shown" prints "cache_numbers.c:"
check "and when it expires" grep -q ' 23h59m .* name = ' ../out
run 0 cache ls square
check "one function alone" [ "$(wc -l < ../out)" = 4 ]
run 0 cache square
check "its name is enough" [ "$(wc -l < ../out)" = 4 ]
run 0 cache --store dir
check "one store alone" [ "$(wc -l < ../out)" = 2 ]
COLUMNS=60
export COLUMNS
run 0 cache
check "lines are cut" [ "$(sed 's/…/./g' ../out |
    awk 'length() > 60')" = "" ]
run 0 cache --long
check "but not with --long" prints 'point = {x = 3, y = 0.5}'
unset COLUMNS
run 2 cache ls squar
check "a misspelt function is named" says "did you mean 'square'?"
run 2 cache statz
check "and a misspelt command" says "did you mean 'stats'?"
run 0 cache --json
check "JSON is an array of objects" is_json
check "with arguments as an object" prints '"arguments": {"n": 2}'
check "one for each" [ "$(grep -c '"entry": "[0-9a-f]\{16\}"' ../out)" = 5 ]

what="show"
run 0 cache ls weigh
name=$(entry weigh)
run 0 cache show "$name"
for fact in "function   weigh" "place      " "version    " "store      disk" \
    "written    " "expires    " "key " "result     27.5" \
    'arguments  name = "a\033[31mb\"\n", point = {x = 3, y = 0.5}'; do
    check "it tells: $fact" prints "$fact"
done
run 0 cache show "$(echo "$name" | cut -c1-8 | tr a-f A-F)"
check "a few digits are enough" prints "$name"
run 0 cache show "$name" --json
check "it is JSON" is_json
check "with the result" prints '"result": 27.5'
run 2 cache show 00000000000000000000000000000000
check "an unknown one is told" says "no entry begins with"

what="stats"
run 0 cache stats
check "functions are counted" grep -q '^disk  *square .* 3 .*B' ../out
check "and all" grep -q '^all  *5 ' ../out
run 0 cache stats --json
check "it is JSON" is_json
check "of functions" prints '"function": "square"'
check "with a sum" prints '"store": null, "function": null'

what="verify"
run 0 cache verify
check "all is well" prints "5 entries of 3 functions: all as it should be."

what="clear"
run 0 cache clear square
check "it says how many" prints "3 entries of square() are gone."
run 0 cache ls
check "others stay" [ "$(wc -l < ../out)" = 3 ]
check "they are computed again" [ "$(misses cache numbers 3)" = 3 ]
run 2 cache clear sqare
check "a misspelt function is named" says "did you mean 'square'?"
run 0 cache clear
check "all of them go" prints "5 entries of 3 functions are gone."
run 0 cache
check "nothing is left" prints "There are no entries."
run 0 cache --json
check "so JSON is empty" [ "$(cat ../out)" = "[]" ]
check "all are computed again" [ "$(misses cache numbers 3)" = 5 ]

what="prune"
sleep 8.1 # what comes now is younger than that, on a busy machine too
computes cache numbers 5
run 0 cache prune --older-than 1d
check "nothing is so old" prints "0 entries, 0 B, are gone; 7 entries, "
run 0 cache prune --older-than 8s
check "what is older goes" prints "5 entries, "
run 0 cache
check "what is newer stays" [ "$(grep -c ' n = [34]$' ../out)" = 2 ]
check "and nothing else" [ "$(wc -l < ../out)" = 3 ]
run 0 cache prune --max-size 150B
run 0 cache
check "the size holds" [ "$(wc -l < ../out)" = 2 ]
run 0 cache verify

begin "answers"
make asks
computes cache asks 2 3 9
export MEMO_CACHE_DIR="$PWD/cache"
run 0 cache
check "each has an entry with the inputs" [ "$(grep -c ' n = 7$' ../out)" = 3 ]
check "the newest first" [ "$(entry scale)" != "" ]
run 0 cache show "$(entry scale)"
check "what was asked is told" \
    prints '[{question = "factor", answer = "9"}]'
check "and what was asked then" prints 'question = "really?"'
check "with the result" prints "result     63"
run 0 cache show "$(sed -n 's/^entry *//p' ../out)" --json
check "it is JSON" is_json
check "with answers" prints '{"question": "really?", "answer": "9"}]'
run 0 cache verify
run 0 cache export ../archive
run 0 cache import ../archive --dir other
check "answers come along" prints "3 entries"
check "and are found" [ "$(misses other asks 2 3 9)" = 0 ]
run 0 cache prune --older-than 1ms --dir other
check "all of it goes" prints "3 entries, "
run 0 cache verify --dir other
check "and what leads there" prints "0 entries of 1 function: all"

begin "a program that runs"
make numbers
computes cache numbers 20
export MEMO_CACHE_DIR="$PWD/cache"
../numbers 20 4000 > ../sum 2> ../numbers.err &
running=$!
while kill -0 $running 2> ../kill; do
    for command in ls stats verify "prune --max-size 1K" clear \
        "export ../archive" "clear square"; do
        # shellcheck disable=SC2086
        run 0 cache $command
        [ -s ../err ] && ! says " of 3 functions" && fail "$(cat ../err)"
    done
done
wait $running || fail "the program computes something else: $(cat ../numbers.err)"
run 0 cache verify
end
