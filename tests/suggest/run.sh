#!/bin/sh
# What memogen --suggest says of input.c must be what expected.txt says.
#
#   sh run.sh MEMOGEN FOLDER
set -eu
cd "$2"
"$1" --suggest input.c | diff -u expected.txt -
