#!/bin/sh
# What is read, and how.
# shellcheck source=tests/command/common.sh
. "$(dirname "$0")/common.sh"

begin "no input"
run 2
check "it is said" says "no input file"
run 2 src/absent.c
check "an absent file is named" says "src/absent.c"
run 2 -o gen src/good.c src/absent.c
check "and nothing is written" test ! -e gen
run 2 --no-such-option src/good.c
check "an unknown option is named" says "--no-such-option"
run 2 --stdot src/good.c
check "a misspelt one is mended" says "did you mean '--stdout'?"

begin "@FILE"
printf '%s\n' '-o "gen one"' "src/good.c 'src/sub/plain.c'" > list
run 0 @list
check "its arguments are taken, quotes and all" \
    test -f "gen one/good.memo.c" -a -f "gen one/sub/plain.memo.c"
printf '@list -q' > outer
run 0 @outer
run 2 @absent
check "an absent one is named" says absent
echo '@loop' > loop
run 2 @loop
check "one that names itself ends" says loop

begin "flags"
printf '// @memo\nint scaled(int n) { return n * FACTOR; }\n' > src/flag.c
run 1 --stdout src/flag.c
run 0 --stdout src/flag.c -DFACTOR=2
run 0 --stdout src/flag.c -- -DFACTOR=2
run 0 --stdout src/flag.c -O2 -g -c -Wall -DFACTOR=2 -pthread -fPIC -L. -lm
check "those of compilers are no complaint" not says error
mkdir include
echo '#define FACTOR 2' > include/factor.h
run 0 --stdout -I include -include factor.h src/flag.c

begin "-p DIR"
printf '// @memo\nint scaled(int n) { return n * FACTOR; }\n' > src/flag.c
mkdir build
cat > build/compile_commands.json <<TEXT
[{"directory": "$PWD/build", "file": "../src/flag.c",
  "command": "cc -DFACTOR=3 -o x.o -c ../src/flag.c"}]
TEXT
run 0 -p build --stdout src/flag.c
check "flags come from compile_commands.json" not says error
run 0 -p build --stdout src/good.c
check "a guess is a warning" says "[-Wmemo-flags]"
run 2 -p src --stdout src/flag.c
check "an absent database is named" says "src: no compile_commands.json"

begin "-j"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    sed "s/square/square_$i/" src/good.c > "src/many_$i.c"
done
run 0 -j 1 -o one src/many_*.c
run 0 -j 8 -o eight src/many_*.c
sed -i 's/one/eight/' one/*
check "many at once write what one writes" diff -r one eight
sed -i 's/^int square/int *square/' src/many_*.c
run 1 -j 1 -o one src/many_*.c
cp ../err ../err_of_one
run 1 -j 8 -o eight src/many_*.c
check "and complain in the same order" cmp -s ../err ../err_of_one
run 2 -j 0 src/good.c
check "no files at once is refused" says "-j takes a number"

begin "C++"
cp src/good.c src/good.cpp
run 1 --stdout src/good.cpp
check "it is refused" says "this is a C++ source; memogen reads C only"
end
