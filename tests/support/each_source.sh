#!/bin/sh
# Run a command over the C sources of the project.
#
#   sh tests/support/each_source.sh ROOT COMMAND...
#
# Left out: what is input or output of memogen, and what others wrote.  clang-tidy
# reads sources only, since headers come with them.
set -eu

cd "$1"
shift
headers='-o -name *.h'
case $1 in
*clang-tidy*) headers= ;;
esac
# shellcheck disable=SC2086
set -f
find generator runtime samples tests \
    \( -path tests/golden -o -path tests/differential -o -path tests/bench \
       -o -path tests/cmake -o -path tests/source_hash \
       -o -path tests/fuzz/corpus -o -path "tests/traps/*/*" \) -prune \
    -o \( -name '*.c' $headers \) -print | sort | xargs "$@"
