#!/bin/sh
# Edit a small program in many ways; see which edits change the source hash.
#
#   sh run.sh MEMOGEN FOLDER
set -u
memogen=$1
folder=$2
failed=0
tried=0

# hash FUNCTION FLAGS...: the hash of the program in the current folder
hash_of()
{
    name=$1
    shift
    "$memogen" -q --list --json load.c -- "$@" 2> complaints |
        sed -n "s/.*\"name\": \"$name\".*\"source_hash\": \"\([0-9a-f]*\)\".*/\1/p"
}

fresh()
{
    cp "$folder"/load.[ch] "$folder"/*.inc .
}

# check EXPECTED FUNCTION WHAT FILE EDIT [FLAGS...]
check()
{
    expected=$1 name=$2 what=$3 file=$4 edit=$5
    shift 5
    tried=$((tried + 1))
    fresh
    before=$(hash_of "$name")
    [ -z "$edit" ] || sed -i "$edit" "$file"
    if [ -n "$edit" ] && cmp -s "$file" "$folder/$file"; then
        echo "FAILED: the edit '$what' changes nothing" >&2
        failed=$((failed + 1))
        return
    fi
    after=$(hash_of "$name" "$@")
    found=keeps
    [ "$before" = "$after" ] || found=changes
    if [ ${#after} -ne 32 ] || [ "$found" != "$expected" ]; then
        echo "FAILED: $what $found the hash of $name ($before, $after)" >&2
        cat complaints >&2
        failed=$((failed + 1))
    fi
}

keeps() { check keeps load "$@"; }
changes() { check changes load "$@"; }

keeps "a comment" load.c 's/Add the weights/Add some weights/'
keeps "a comment inside" load.c 's/    return helper/    \/\* now \*\/ return helper/'
keeps "white space" load.c 's/n \& 3/n   \&   3/'
keeps "the ttl" load.c 's/ttl=60/ttl=61/'
keeps "a bound" load.c 's/ttl=60/ttl=60, max_entries=5/'
keeps "a line above" load.c '1i /* new */'
keeps "an unrelated function" load.c 's/n + 7/n + 8/'
keeps "a new function" load.c '5i static inline int newcomer(void) { return 1; }'
keeps "a skipped branch" load.c 's/n += EXTRA/n -= EXTRA/'
keeps "a macro that nobody uses" load.h '3i #define NOBODY 1'
keeps "another flag" load.c '' -O3
keeps "a definition nobody uses" load.c '' -DUNUSED=1

changes "its body" load.c 's/p\.alpha +/p.alpha -/'
changes "a helper's body" load.c 's/table\[n/table[1 + n/'
changes "an inline helper in a header" load.h 's/value + GREEN/value - GREEN/'
changes "a macro's value" load.h 's/WEIGHT 3/WEIGHT 4/'
changes "a function-like macro" load.h 's/((x) \* WEIGHT)/((x) + WEIGHT)/'
changes "a macro whose name ## ends" load.h 's/SHADE_DARK 5/SHADE_DARK 6/'
changes "a macro whose name ## begins" load.h 's/LIGHT_SHADE 6/LIGHT_SHADE 7/'
changes "an enum constant" load.h 's/GREEN = 4/GREEN = 5/'
changes "a struct's layout" load.h 's/int alpha/long alpha/'
changes "a new field" load.h 's/    int alpha;/    int alpha; int beta;/'
changes "packing" load.h 's/^struct pixel {/#pragma pack(1)\n&/'
changes "a static table" load.c 's/{1, 2, 3, 5}/{1, 2, 3, 6}/'
changes "a macro of the command line" load.c '' -DEXTRA=1
changes "fast math" load.c '' -ffast-math
changes "the standard" load.c '' -std=c99
changes "the sign of char" load.c '' -funsigned-char
changes "a version" load.c 's/ttl=60/ttl=60, version="2"/'
changes "a helper's type" load.c 's/static const int table/static const long table/'
changes "an external's type" load.c 's/extern int elsewhere(int n)/extern int elsewhere(long n)/'
changes "an included table" list.inc 's/1/3/'
changes "a table included by that" more.inc 's/2/3/'
keeps "a comment in an included table" list.inc 's/Part/Piece/'
changes "what stands before an unnamed struct" load.h 's/int first/long first/'
changes "the layout of what an external returns" load.h 's/int whole/long whole/'
changes "a system constant" load.c 's/INT_MAX/SHRT_MAX/'

changes "how long a field is" load.c 's/len(size)/len(size + 1)/'
changes "what a field is not" load.c 's/ignore/hash(handle_hash)/'
keeps "what is said behind that" load.c 's/of them/of those/'
keeps "white space in a length" load.c 's/len(size)/len( size )/'
changes "another hash of a type" load.c 's/hash=handle_hash/hash=odd/'
changes "the hash function of a type" load.c 's/id + 11/id + 14/'
changes "a function in a key" load.c 's/n + 12/n + 14/'
changes "a function that decides what is kept" load.c 's/x > 13/x > 14/'

check changes even "the other function of a cycle" load.c 's/n == 0 ? 0 :/n <= 0 ? 0 :/'
check changes convert "the body of a hash function" load.c 's/\*p + 8/*p + 9/'
check changes convert "a macro in a key" load.c 's:(n) / 10:(n) / 11:'
check changes convert "the type of a function in a key" load.c 's/rate(int n)/rate(long n)/'
check keeps convert "an unrelated function" load.c 's/n + 7/n + 8/'
check keeps even "the first function" load.c 's/p\.alpha +/p.alpha -/'

fresh
[ "$(hash_of load -DEXTRA=1)" != "$(hash_of load -DEXTRA=2)" ] || {
    echo "FAILED: the value of -DEXTRA does not count" >&2
    failed=$((failed + 1))
}
echo "$tried edits tried, $failed with the wrong effect"
[ "$failed" -eq 0 ]
