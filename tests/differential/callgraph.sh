#!/bin/sh
# The closures that memogen explains hold the functions that gcc says are
# called: functions of Lua, from Debian's source; MEMO_TEST_DEPTH, how many.
#
#   sh callgraph.sh
#
# callgraph.py tells what is compared.
set -u
. "$(dirname "$0")/common.sh"
GCC=${GCC:-gcc}
case ${MEMO_TEST_DEPTH:-normal} in
quick) functions=5 ;;
deep) functions=50 ;;
*) functions=12 ;;
esac

unpack lua5.4
rm -rf lua graph answers
cp -r lua5.4-src/src lua
mkdir graph answers
# Made by Debian's rules.
echo '#define DEB_HOST_MULTIARCH "none"' > lua/lua5.4-deb-multiarch.h
rm lua/luac.c
flags="-DLUA_COMPAT_5_3 -DLUA_USE_LINUX"
cd lua || exit 1
for source in *.c; do
    "$GCC" -O0 -w $flags -fcallgraph-info -fdump-ipa-cgraph -c "$source" \
        -o "../graph/${source%.c}.o" || fail "$source does not compile"
    "$GCC" $flags -E -P "$source" -o "../graph/${source%.c}.i" || exit 1
done
for name in $(python3 "$here/callgraph.py" list ../graph $functions); do
    "$MEMOGEN" -q --explain "$name" --json *.c -- $flags \
        > "../answers/$name.json" || fail "memogen --explain $name"
done
python3 "$here/callgraph.py" compare ../graph ../answers/*.json ||
    fail "memogen and gcc differ"
