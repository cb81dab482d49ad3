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
check "an unknown function is named" says "no memoized function is named 'absent'"
run 2 --explain
check "it needs a name" says "--explain needs a value"

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
