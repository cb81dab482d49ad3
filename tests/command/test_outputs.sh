#!/bin/sh
# What is written where, and what is not.
# shellcheck source=tests/command/common.sh
. "$(dirname "$0")/common.sh"

begin "where outputs go"
run 0 src/good.c src/sub/plain.c
check "without -o it is memogen-out, folders mirrored" \
    test -f memogen-out/good.memo.c -a -f memogen-out/sub/plain.memo.c
check "nothing is said" is_silent
check "what is written compiles" compiles memogen-out/good.memo.c
check "a file without annotations compiles" compiles memogen-out/sub/plain.memo.c
printf '// @memo\nint f(int n) { return n; }\nvoid g(void) { memo_clear_args(f, 1); }\n' \
    > src/bare.c
run 0 src/bare.c -- -std=gnu89 -w
check "memo_clear_args without memo.h is any other name" \
    sh -c '! grep -q memo_processed memogen-out/bare.memo.c'
printf '// @memo\nint f(int??/\n n??/\n) { return n; }\n' > src/trigraph.c
run 0 src/trigraph.c -- -std=c99
check "lines spliced by trigraphs are spliced" \
    grep -q '^int f(int n )$' memogen-out/trigraph.memo.c
check "and compile" "$compiler" -std=c99 -c memogen-out/trigraph.memo.c \
    -o ../object.o -I "$root/runtime/include"
run 0 -o gen src/good.c
check "-o DIR takes the files" test -f gen/good.memo.c
run 0 --output=gen2 src/good.c
check "so does --output=" test -f gen2/good.memo.c
run 0 -o new/name.c src/good.c
check "-o FILE.c is the file, its folder is made" test -f new/name.c
check "and is all that is written there" [ "$(ls -A new)" = name.c ]
run 2 -o one.c src/good.c src/sub/plain.c
check "-o FILE.c takes one source" says "takes a single input file"
mkdir other
cp src/good.c other/good.c
run 2 -o "$PWD/gen3" src/good.c ./src/good.c
check "two sources of one output are refused" says "would both be written"
check "before anything is written" test ! -e gen3

begin "when outputs are written"
run 0 -o gen src/good.c
before=$(state gen)
sleep 0.01
run 0 -o gen src/good.c
check "an output that did not change is not touched" [ "$(state gen)" = "$before" ]
chmod 600 gen/good.memo.c
echo '/* new */' >> src/good.c
run 0 -o gen src/good.c
check "a changed one is replaced" grep -q new gen/good.memo.c
check "and keeps its mode" [ "$(stat -c %a gen/good.memo.c)" = 600 ]
run 2 -o src/good.c/impossible src/good.c
check "an output that cannot be written is named" says "src/good.c/impossible"

begin "the standard output"
run 0 -o gen.c src/good.c
run 0 --stdout src/good.c
check "--stdout prints the output" prints "int square(int n)"
check "and writes no file" test ! -e memogen-out
run 2 --stdout -o gen src/good.c
check "--stdout and -o exclude each other" says "exclude each other"
run 2 --stdout src/good.c src/sub/plain.c
check "--stdout takes one source" says "takes a single input file"
"$memogen" - < src/good.c > ../out 2> ../err
check "- reads the standard input, and prints" prints '#line 2 "<stdin>"'
"$memogen" -o gen - < src/good.c
check "with -o it writes" test -f gen/stdin.memo.c
"$memogen" - < src/bad.c > ../out 2> ../err
check "its complaints have a line" says "<stdin>:2:13: error: "
if [ -e /dev/full ]; then
    "$memogen" --stdout src/good.c > /dev/full 2> ../err
    check "a full disk is an error" [ $? = 2 ]
fi

begin "--no-line"
run 0 --no-line --stdout src/good.c
check "there is no #line" not prints '#line'
run 0 --stdout src/good.c
check "else there is" prints '#line 1 "src/good.c"'

begin "--check"
run 1 --check -o gen src/good.c
check "an absent output is stale" says "gen/good.memo.c is stale"
check "it is not written" test ! -e gen
run 0 -o gen src/good.c
run 0 --check -o gen src/good.c
check "a fresh one is not" is_silent
echo 'int more;' >> src/good.c
before=$(state gen)
run 1 --check -o gen src/good.c
check "a changed source makes it stale" says "gen/good.memo.c is stale"
check "it is not touched" [ "$(state gen)" = "$before" ]

begin "--diff"
run 0 --diff -o gen src/good.c
check "an absent output is all new" prints '--- /dev/null'
check "it is not written" test ! -e gen
run 0 -o gen src/good.c
run 0 --diff -o gen src/good.c
check "a fresh one differs in nothing" is_silent
sed -i 's/n \* n/n * n * n/' src/good.c
run 0 --diff -o gen src/good.c
cp ../out change
check "the change is shown" grep -q '^+    return n \* n \* n;' change
patch -s -p0 < change
run 0 --check -o gen src/good.c

begin "what an output depends on"
echo '#define FACTOR 2' > src/factor.h
sed -i '1i #include "factor.h"' src/good.c
run 0 -MD -o gen src/good.c
check "-MD writes a rule beside the output" \
    grep -q '^gen/good.memo.c: src/good.c' gen/good.memo.d
check "headers are in it" grep -q 'src/factor.h' gen/good.memo.d
run 0 -MD -MF rule.d -MT 'my target' -MP -o gen src/good.c
check "-MF names its file, -MT its target" grep -q '^my\\ target:' rule.d
check "-MP adds a rule for each header" grep -q '^\(\./\)\?src/factor.h:$' rule.d
printf 'gen/good.memo.c:\n\t@echo made\n-include rule.d\n' > Makefile
run 0 -MD -MF rule.d -o gen src/good.c
touch gen/good.memo.c
check "make reads it: nothing to do" \
    [ -z "$(make -s gen/good.memo.c | grep made)" ]
sleep 0.01
touch -d '+1 minute' src/factor.h
check "make reads it: a header has changed" \
    [ "$(make -s gen/good.memo.c 2> ../err)" = made ]
run 2 -MF rule.d src/good.c
check "-MF alone is refused" says "-MF needs -MD"
run 2 -MD --stdout src/good.c
check "-MD needs a file" says "-MD needs an output file"

begin "--templates"
mkdir templates
printf '/* mine */\n#include <memo/generated.h>\n#include "{{include}}"\n' \
    > templates/pass_through.c.tmpl
run 0 --templates templates --stdout src/sub/plain.c
check "a user's template takes the place of one" prints '/* mine */'
run 0 --templates templates --stdout src/good.c
check "the others stay" prints '---- square: made by memogen ----'
echo '{{inclood}}' > templates/pass_through.c.tmpl
run 2 --templates templates --stdout src/sub/plain.c
check "a hole that is not there is named" says "no hole is named {{inclood}}"
mkdir empty
run 2 --templates empty --stdout src/good.c
check "a folder without templates is an error" says "there is no template"
end
