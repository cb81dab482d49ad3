#!/bin/sh
# An error in any file: one caret each, exit code 1, and nothing is written.
# shellcheck source=tests/command/common.sh
. "$(dirname "$0")/common.sh"

begin "errors"
run 1 -MD -o gen src/good.c src/bad.c src/sub/plain.c
check "no file of a run with an error is written" test ! -e gen
cat > src/many.c <<'TEXT'
struct node { int *next; };
// @memo(tll=60)
int a(int n) { return n; }
// @memo
int b(struct node node) { return node.next != 0; }
// @memo
const char *c(int n) { return n ? "a" : "b"; }
// @memo(in(p[m]))
int d(const int *p) { return *p; }
// @memo
int e(int n);
TEXT
run 1 -o gen src/many.c
for line in 2 5 7 8 10; do
    check "the mistake in line $line has one error" \
        [ "$(grep -c "^src/many.c:$line:[0-9]*: error: " ../err)" = 1 ]
done
check "there are no others" [ "$(grep -c ': error: ' ../err)" = 5 ]
check "each has a caret" \
    [ "$(grep -A2 ': error: ' ../err | grep -c '^ *^~*$')" = 5 ]

begin "an error in a header"
printf '// @memo\nstatic inline int half(int n) { return n / 2; }\n' > src/half.h
printf '#include "half.h"\n' > src/one.c
printf '#include "half.h"\n' > src/two.c
run 1 -o gen src/one.c src/two.c
check "it is told once" [ "$(grep -c ': error: ' ../err)" = 1 ]
check "and counted once" says "1 error; no file was written"

begin "outputs of an earlier run"
cp src/good.c src/other.c
sed -i 's/square/cube/' src/other.c
run 0 -MD -o gen src/good.c src/other.c
before=$(state gen)
echo 'int more;' >> src/good.c
sed -i 's/return n/return m/' src/other.c
run 1 -MD -o gen src/good.c src/other.c
check "they stay as they were" [ "$(state gen)" = "$before" ]
run 1 --check -o gen src/good.c src/other.c
check "--check touches nothing either" [ "$(state gen)" = "$before" ]
run 1 --stdout src/other.c
check "--stdout prints nothing" not test -s ../out

begin "a file that cannot be written"
run 0 -o gen src/good.c
rm gen/good.memo.c
mkdir gen/good.memo.c
run 2 -o gen src/good.c
check "it is named" says gen/good.memo.c
check "no temporary file is left" [ "$(ls -A gen)" = good.memo.c ]
end
