#!/bin/sh
# What memogen tells.
# shellcheck source=tests/command/common.sh
. "$(dirname "$0")/common.sh"

is_json() {
    python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$1"
}
command -v python3 > /dev/null || is_json() { :; }

begin "--help and --version"
run 0 --help
check "help lists the options" prints "--templates"
check "and the warnings" prints "memo-impure"
run 0 -h
run 0 --version
check "the version has a number" grep -qE '^memogen [0-9]+\.[0-9]+' ../out
run 0 --version --stdout absent.c

begin "--list"
run 0 --list src/good.c src/sub/plain.c
check "name, place and options are told" \
    grep -qE '^src/good.c:2: square  [0-9a-f]{32}  \(ttl=60\)$' ../out
check "and no file is written" test ! -e memogen-out
run 0 --list --json src/good.c src/sub/plain.c
check "as JSON" is_json ../out
check "with the same members" prints '"options": "ttl=60"'
run 0 --list --json src/sub/plain.c
check "nothing is a list as well" is_json ../out
run 2 --list -o gen src/good.c
check "-o makes no sense there" says "-o is for generating"
run 1 --list src/good.c src/bad.c
check "errors are told instead" not prints square

begin "--explain"
run 0 --explain square src/good.c
check "the parameter is told" prints "by value"
check "and the limit" prints "60 s from the write"
run 0 --explain square --json src/good.c
check "as JSON" is_json ../out
run 1 --explain absent src/good.c
check "an unknown function is named" says "no function is named 'absent'"
run 1 --explain sqare src/good.c
check "and what may be meant" says "did you mean 'square'?"
printf 'enum { TWO = 2 };\n// @memo\nint two(int n) { return n + TWO; }\n' > src/two.c
run 0 --explain two src/two.c
check "what has no name is named all the same" prints "(unnamed)"
run 2 --explain
check "it needs a name" says "--explain needs a value"

begin "--explain over several files"
cat > src/load.h <<'TEXT'
int parse(int n);
int twice(int n);
int absent(int n);
extern int (*const steps[])(int n);
#define COLUMNS 4
TEXT
cat > src/load.c <<'TEXT'
#include "load.h"
#include <stdlib.h>

// @memo
int load(int n)
{
    return parse(n) + steps[0](n) + absent(abs(n)) + COLUMNS;
}
TEXT
cat > src/parse.c <<'TEXT'
#include "load.h"
static int count;
static int step(int n)
{
    return n + count++;
}
int (*const steps[])(int n) = {step};
int parse(int n)
{
    return n ? twice(n - 1) : 0;
}
TEXT
cat > src/twice.c <<'TEXT'
#include "load.h"
__attribute__((weak)) int twice(int n)
{
    return parse(n) * 2;
}
TEXT
files="src/load.c src/parse.c src/twice.c"
# shellcheck disable=SC2086
run 0 -q --explain load $files
check "what another file holds is followed" \
    grep -qE '^      parse +function +src/parse.c:8$' ../out
check "further and further" grep -qE '^        twice +function +by source: weak' ../out
check "what was told is not told again" \
    grep -qE '^          parse +function +see above$' ../out
check "through tables of functions, too" \
    grep -qE '^        step +function +src/parse.c:3$' ../out
check "macros are told" grep -qE '^      COLUMNS +macro ' ../out
check "what is known by name is listed" prints "none of these files defines it"
check "so is the library's" prints "the library's"
check "and the call that nobody can follow" prints "load calls what a pointer"
check "the way to an impurity crosses files" \
    prints "load -> steps -> step  src/parse.c:5"
# shellcheck disable=SC2086
run 0 -q --explain load --json $files
check "as JSON" is_json ../out
check "with ids of what is used" grep -q '"name": "load", .*"uses": \[1, 2' ../out
# shellcheck disable=SC2086
run 0 -q --explain parse $files
check "a function that is not memoized is explained" prints "not memoized"
# shellcheck disable=SC2086
run 0 -q --explain load --dot $files
check "as a graph" prints 'digraph "load" {'
check "with an edge" prints "n0 -> n1;"
check "and dashed what is known by name" grep -q 'absent.*dashed' ../out
if command -v dot > /dev/null; then
    check "that dot reads" dot -Tplain -o ../plain ../out
fi
run 2 --dot --list src/load.c
check "only then" says "--dot is for --explain"
run 2 --dot --json --explain load src/load.c
check "in one way only" says "--dot and --json exclude each other"

begin "--suggest"
run 0 --suggest src/good.c src/sub/plain.c
check "what could be memoized is told" prints plain
printf 'void nothing(int n);\nvoid nothing(int n) { (void)n; }\n' > src/void.c
run 0 --suggest src/void.c
check "and why another could not" prints "it returns nothing"
printf 'int quiet(int _n)\n{\n    return _n;\n}\n' > src/quiet.c
run 0 --suggest src/quiet.c
check "an input that would be ignored is named" \
    grep -q "'_n' would be ignored, since its name begins with an underscore" \
    ../out
cat > src/table.c <<'TEXT'
static int half(int n) { return n / 2; }
static const struct { int weight; int (*run)(int n); } steps[] = {{1, half}};
static int (*other)(int n) = half;
int constant(int n);
int changed(int n);
int far(int n);
int constant(int n) { return steps[n & 0].run(n); }
int changed(int n) { return other(n); }
void set(int (*to)(int n));
void set(int (*to)(int n)) { other = to; }
static int call(int (*f)(int n), int n) { return f(n); }
int far(int n) { return call(half, n); }
TEXT
run 0 --suggest src/table.c
check "what a constant table holds is known" \
    prints "constant: could be memoized"
check "what a pointer points at is not" \
    prints "changed: no: 'changed' is memoized but uses the mutable global"
check "nor is it further away" prints \
    "far: no: it uses a call through a pointer, which it reaches through 'call'"
run 0 --suggest --json src/sub/plain.c
check "as JSON" is_json ../out
run 0 --suggest --diff src/sub/plain.c
cp ../out change
check "the patch applies" patch -s -p0 -i change
check "and annotates" grep -q '@memo' src/sub/plain.c
run 0 --list src/sub/plain.c
check "what memogen then accepts" prints "plain"
run 2 --suggest --diff --json src/good.c
check "a patch is no JSON" says "exclude each other"
run 2 --list --suggest src/good.c
check "one question at a time" says "exclude each other"

begin "complaints"
run 1 --stdout src/bad.c
check "place and caret are shown" says "src/bad.c:2:13: error: "
check "they are counted" says "1 error; no file was written"
run 1 -q --stdout src/bad.c
check "-q counts nothing" not says "no file was written"
run 1 --json --stdout src/bad.c
check "as JSON" is_json ../err
check "with fix-its" says 'in(table[n])'
run 0 --json --stdout src/good.c
check "none is a list as well" is_json ../err

begin "--color"
run 1 --color=always --stdout src/bad.c
check "always" grep -q "$(printf '\033')\\[" ../err
run 1 --color=never --stdout src/bad.c
check "never" not grep -q "$(printf '\033')" ../err
run 1 --stdout src/bad.c
check "into a file: never" not grep -q "$(printf '\033')" ../err
run 2 --color=blue --stdout src/bad.c
check "blue is no answer" says "auto, always or never"

begin "warnings"
printf 'int setting;\n// @memo\nint f(int n) { return n + setting; }\n' > src/w.c
run 0 --stdout src/w.c
check "they are shown, with a name" says "[-Wmemo-impure]"
run 0 -Wno-memo-impure --stdout src/w.c
check "-Wno-NAME switches one off" test ! -s ../err
run 0 -Wno-memo --stdout src/w.c
check "-Wno-memo all" test ! -s ../err
run 0 -Wno-memo -Wmemo-impure --stdout src/w.c
check "the last one counts" says "[-Wmemo-impure]"
run 1 -Werror --stdout src/w.c
check "-Werror makes them errors" says "[-Werror,-Wmemo-impure]"
run 1 -Werror=memo-impure -o gen src/w.c
check "so does -Werror=NAME, and nothing is written" test ! -e gen
run 0 -Werror=memo-time --stdout src/w.c
run 0 -Werror -Wno-error=memo-impure --stdout src/w.c
run 2 -Wmemo-impura --stdout src/w.c
check "a misspelt one is mended" says "did you mean 'memo-impure'?"
end
