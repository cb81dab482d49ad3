#!/bin/sh
# Edit one file of a small program, link it in many ways, and see whether the
# hash of the memoized function in another file follows.
#
#   sh run.sh MEMOGEN INCLUDE LIBRARY CC WAY
#
# WAY is the name of one of the functions link_... below.
set -u
memogen=$1 include=$2 library=$3 cc=$4 way=$5
folder=$(cd "$(dirname "$0")" && pwd)/program
flags= link_flags=
path="-Wl,-rpath,$PWD -Wl,--disable-new-dtags"
failed=0
tried=0
edited=all # files that are not as they were when they were last compiled

is_edited()
{
    case " $edited " in
    *" all "* | *" load.h "* | *" $1 "*) ;;
    *) false ;;
    esac
}

# process FILE...: run memogen over those that were edited, into out/
process()
{
    files=
    for source in "$@"; do
        ! is_edited "$source" || files="$files $source"
    done
    [ -z "$files" ] ||
        "$memogen" -q -o out $files -- -I"$include" || exit 1
}

# compile FILE...: memogen's output, or the file itself where there is none
compile()
{
    for source in "$@"; do
        is_edited "$source.c" || continue
        from=$source.c
        [ -f "out/$source.memo.c" ] && from=out/$source.memo.c
        "$cc" -O1 -Wall -Wextra $flags -I. -I"$include" -c "$from" \
            -o "$source.o" || exit 1
    done
}

# finish FILE...: link these and the library
finish()
{
    "$cc" -O1 $flags "$@" $link_flags "$library" -lpthread -ldl -o program ||
        exit 1
}

shared()
{
    "$cc" -O1 $flags -shared "$@" || exit 1
}

# ---- ways to link ----

link_objects()
{
    compile main load helper other unseen
    finish main.o load.o helper.o other.o unseen.o
}

link_pie() { flags='-fPIE -pie' && link_objects; }
link_no_pie() { flags='-fno-PIE -no-pie' && link_objects; }
link_static() { link_flags=-static && link_objects; }
link_optimized() { flags=-O3 && link_objects; }
link_hidden() { flags=-fvisibility=hidden && link_objects; }

link_sections()
{
    flags='-ffunction-sections -fdata-sections' link_flags=-Wl,--gc-sections
    link_objects
}

link_lto()
{
    flags=-flto
    [ "$is_clang" -eq 0 ] || link_flags=-fuse-ld=lld
    link_objects
}

link_archive()
{
    compile main load helper other unseen
    rm -f libhelper.a
    ar rcs libhelper.a other.o unseen.o helper.o
    finish main.o load.o libhelper.a
}

# The memoized function and what it uses, each in an archive of its own.
link_archives()
{
    compile main load helper other unseen
    rm -f libload.a libhelper.a
    ar rcs libload.a load.o
    ar rcs libhelper.a other.o unseen.o helper.o
    link_flags='-Wl,--gc-sections libload.a -Wl,--start-group libhelper.a
        libload.a -Wl,--end-group'
    finish main.o
}

link_shared()
{
    flags=-fPIC
    compile main load helper other unseen
    shared load.o helper.o other.o unseen.o -o libload.so "$library" -lpthread
    link_flags="-L. -lload $path"
    finish main.o
}

# load → libload.so → libhelper.so, and back for even().
link_two_shared()
{
    flags=-fPIC
    compile main load helper other unseen
    shared helper.o other.o unseen.o -o libhelper.so
    shared load.o -o libload.so -L. -lhelper
    link_flags="-rdynamic -L. -lload -lhelper $path"
    finish main.o
}

# The program uses a shared library without position-independent code.
link_no_pie_shared()
{
    flags=-fPIC
    compile helper other unseen
    shared helper.o other.o unseen.o -o libhelper.so
    flags='-fno-PIE -no-pie'
    compile main load
    link_flags="-rdynamic -L. -lhelper $path"
    finish main.o load.o
}

link_symbolic()
{
    flags=-fPIC
    compile main load helper other unseen
    shared -Wl,-Bsymbolic load.o helper.o other.o unseen.o -o libload.so \
        "$library" -lpthread
    link_flags="-L. -lload $path"
    finish main.o
}

link_plugins()
{
    flags=-fPIC
    compile plugins load helper other unseen plugin
    shared plugin.o -o plugin.so
    link_flags=-rdynamic
    finish plugins.o load.o helper.o other.o unseen.o
}

# ---- edits ----

# hash_of: process all but unseen.c and link; prints the hash
hash_of()
{
    process main.c load.c helper.c other.c plugins.c plugin.c
    "link_$way" > build.log 2>&1 && ./program
}

# Undo the last edit, of this file or of all.
undo()
{
    if [ "$1" = all ]; then
        rm -rf out ./*.o
        mkdir out
        cp "$folder"/*.[ch] .
    else
        cp "$folder/$1" .
    fi
}

# check EXPECTED WHAT FILE EDIT
check()
{
    tried=$((tried + 1))
    undo "$last"
    edited="$last $3"
    last=$3
    sed -i "$4" "$3"
    if cmp -s "$3" "$folder/$3"; then
        echo "FAILED: the edit '$2' changes nothing" >&2
        failed=$((failed + 1))
        last=all
        return
    fi
    after=$(hash_of) || after=
    found=keeps
    [ "$before" = "$after" ] || found=changes
    if [ ${#after} -ne 32 ] || [ "$found" != "$1" ]; then
        last=all
        echo "FAILED: $2 $found the hash ($before, $after)" >&2
        cat build.log >&2
        failed=$((failed + 1))
    fi
}

# The same for edits whose effect does not depend on the way: without --deep two
# ways are enough.
check_once()
{
    case $way,${MEMO_TEST_DEPTH:-normal} in
    objects,* | shared,* | *,deep) check "$@" ;;
    esac
}

is_clang=0
"$cc" --version | grep -q clang && is_clang=1
# clang's objects for the linker are read by the linker of the same LLVM only.
if [ "$way" = lto ] && [ "$is_clang" -eq 1 ]; then
    "$cc" -fuse-ld=lld -shared -x c /dev/null -o none.so 2> /dev/null ||
        { echo "skipped: no lld"; exit 77; }
fi

undo all
last=main.c # nothing was edited
before=$(hash_of) || { cat build.log >&2; exit 1; }
if [ ${#before} -ne 32 ]; then
    echo "FAILED: no hash but '$before'" >&2
    exit 1
fi

check changes "a helper's body" helper.c 's/+ 10;/+ 11;/'
check_once changes "the body behind a table of functions" helper.c 's/n - 22/n - 23/'
check changes "an entry of a table of functions" helper.c \
    's/{increment, decrement}/{increment, increment}/'
check_once changes "the first value of an object" helper.c 's/{5, 6}/{6, 6}/'
check changes "the other half of a cycle" helper.c 's/n == 0 ? 0/n <= 0 ? 0/'
check_once changes "a static function of the helper's file" helper.c 's/n + 3;/n + 2;/'
check changes "a weak definition" helper.c 's/n + 31/n + 32/'
check_once changes "an inline function of a header" load.h 's/n + 1;/n + 2;/'
check changes "its own file's exported function" load.c 's/n + 4;/n + 5;/'
check changes "a definition that wins over the weak one" other.c \
    '$a int preferred(int n) { return n + 33; }'
check_once keeps "a comment" helper.c 's/Add some/Add a few/'
check_once keeps "lines that move" helper.c '3i \\n\n'
check keeps "an unrelated function beside the helper" helper.c 's/n + 41/n + 42/'
check keeps "a static function of the same name" other.c 's/n + 51/n + 52/'
check keeps "a file that memogen has not seen" unseen.c 's/n + 61/n + 62/'
check_once keeps "a bound" load.c 's/(impure_ok)/(impure_ok, ttl=60, max_entries=9)/'
check_once changes "a version" load.c 's/(impure_ok)/(impure_ok, version="2")/'

# A shared object's own call of near() reaches the program's near().
interpose()
{
    cat > near.c <<END
int near(int n);

int near(int n)
{
    return n * $1;
}
END
    edited=near.c
    process near.c
    compile near
    finish main.o near.o
    ./program
}

if [ "$way" = shared ]; then
    undo all
    edited=all
    hash_of > /dev/null
    first=$(interpose 2)
    second=$(interpose 3)
    third=$(interpose 3)
    tried=$((tried + 1))
    if [ "$first" = "$before" ] || [ "$first" = "$second" ] ||
        [ "$second" != "$third" ]; then
        echo "FAILED: a definition that is put before the library's does" \
            "not count ($first, $second, $third)" >&2
        failed=$((failed + 1))
    fi
fi

echo "$tried edits tried, $failed with the wrong effect"
[ "$failed" -eq 0 ]
