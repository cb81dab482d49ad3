#!/bin/sh
# Every complaint about user code is shown by a golden case or a test.
#
#   sh complaints.sh ROOT
set -eu
cd "$1"

# What no source can bring about here, and why it is there.
cannot_be_shown() {
    case $1 in
    "nothing closes the quotes") ;; # the annotation's reader sees it before
    "'; one must say it all") ;;    # of more than 200 clauses
    "is an array of unknown length") ;; # fields and parameters say it better
    "its body is another function's") ;; # clang refuses alias with a body
    "it is called by the loader"*) ;;    # and ifunc
    *"cannot find its own headers"*) ;;  # a broken installation
    "libclang could not parse"*) ;;      # a crash of libclang
    *) return 1 ;;
    esac
}

shown=$(cat tests/golden/*/expected.err tests/generator/*.c tests/command/*.sh)
awk -f tests/support/complaints.awk generator/annotation*.c \
    generator/checks*.c generator/source.c generator/source_[!d]*.c \
    generator/unit.c generator/closure_impurity.c | sort -u | {
    count=0 failed=0
    while IFS= read -r complaint; do
        count=$((count + 1))
        case $shown in
        *"$complaint"*) continue ;;
        esac
        cannot_be_shown "$complaint" && continue
        echo "no golden case or test shows: $complaint" >&2
        failed=$((failed + 1))
    done
    [ "$count" -gt 100 ] || {
        echo "only $count complaints were found" >&2
        exit 1
    }
    [ "$failed" -eq 0 ]
}
