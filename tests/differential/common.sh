# common.sh -- what the differential tests share; read by them with ".".
#
# Needs in the environment: MEMOGEN, MEMO_INCLUDE (folder), MEMO_LIBRARY
# (libmemo.a), CC; the current folder is for scratch files.
here=$(cd "$(dirname "$0")" && pwd)
: "${CC:=cc}"

fail()
{
    echo "FAILED: $*" >&2
    exit 1
}

# Where Debian's sources come from: deb-src lines beside the system's own deb
# lines, kept apart from the system's settings.
source_lists()
{
    lists=$PWD/apt
    [ -d "$lists/lists/partial" ] && return 0
    mkdir -p "$lists/lists/partial" "$lists/parts"
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -f "$file" ] &&
            sed 's/^Types:.*/Types: deb-src/' "$file" > \
                "$lists/parts/$(basename "$file")"
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ -f "$file" ] && sed -n 's/^deb /deb-src /p' "$file" > \
            "$lists/parts/$(basename "$file" .list).list"
    done
    apt_source update
}

# apt-get with those lists; $lists is left by source_lists.
apt_source()
{
    apt-get -qq -o Dir::Etc::SourceList=/dev/null \
        -o Dir::Etc::SourceParts="$lists/parts" \
        -o Dir::State::Lists="$lists/lists" \
        -o APT::Sandbox::User= -o APT::Get::List-Cleanup=0 "$@"
}

# unpack PACKAGE: the package's source in ./PACKAGE-src
unpack()
{
    [ -d "$1-src" ] && return 0
    source_lists || fail "apt-get cannot read the lists of Debian's sources"
    rm -rf "$1-new" && mkdir "$1-new"
    (cd "$1-new" && apt_source source "$1" > ../"$1.log" 2>&1) ||
        fail "apt-get source $1: $(tail -n 1 "$1.log")"
    mv "$1-new"/*/ "$1-src"
    rm -rf "$1-new"
}

# annotate FILE... -- FLAGS: put @memo above all that memogen suggests.
annotate()
{
    "$MEMOGEN" --suggest --diff "$@" > suggested.diff ||
        fail "memogen --suggest --diff $*"
    [ -s suggested.diff ] || return 0
    patch -s -p0 < suggested.diff || fail "the suggested patch does not apply"
}

# count REPORT...: print "functions with calls, with a hit, lies"
count_hits()
{
    cat "$@" | awk '{ calls += $2 > 0; hits += $3 > 0; lies += $4 }
                    END { print calls + 0, hits + 0, lies + 0 }'
}

# check SUM ANNOTATED SHARE: what all differential tests must show
check_share()
{
    set -- $1 "$2" "$3"
    echo "annotated $4, called $1, with a hit $2, lies $3"
    [ "$3" -eq 0 ] || fail "MEMO_VERIFY=1 found $3 results that differ"
    [ "$(($2 * 100))" -ge "$(($4 * $5))" ] ||
        fail "only $2 of $4 annotated functions had a hit"
}
