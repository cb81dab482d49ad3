#!/bin/sh
# `memogen cache` and a Redis server.
# shellcheck source=tests/command/cache_common.sh
. "$(dirname "$0")/cache_common.sh"

begin "Redis"
sed 's/persist="[a-z]*"/persist="redis"/' \
    "$root/tests/command/cache_numbers.c" > remote.c
run 0 -o gen remote.c -- -I "$root/runtime/include"
# shellcheck disable=SC2086
"$compiler" -Wall -Wextra -Werror gen/remote.memo.c \
    -I "$root/runtime/include" $flags -o ../remote || fail "it is not made"

# A path that is short enough for a socket.
folder=$(mktemp -d)
redis-server --port 0 --unixsocket "$folder/socket" --save '' \
    --dir "$folder" > ../server 2>&1 &
server=$!
trap 'kill $server; rm -rf "$folder"' EXIT
url=unix://$folder/socket
waited=0
while [ ! -S "$folder/socket" ] && [ $waited -lt 100 ]; do
    sleep 0.1
    waited=$((waited + 1))
done

# Else that of the user is looked at as well.
export MEMO_CACHE_DIR="$PWD/none"
export MEMO_REDIS_URL="$url"
computes cache remote 3
run 0 cache
check "the environment names the server" [ "$(wc -l < ../out)" = 6 ]
check "no cache directory is made" is_empty none
run 0 cache --dir cache
check "which may be asked for alone" prints "There is no cache at 'cache'."
unset MEMO_REDIS_URL
run 0 cache --redis "$url"
check "so does the option" [ "$(wc -l < ../out)" = 6 ]
run 0 cache show "$(entry weigh)" --redis "$url"
check "an entry is shown" prints "result     27.5"
run 0 cache stats --redis "$url"
check "and counted" grep -q '^redis  *5 ' ../out
run 0 cache verify --redis "$url"
run 0 cache export archive --redis "$url"
run 0 cache import archive --dir cache
run 0 cache --dir cache
check "entries go to a directory" [ "$(wc -l < ../out)" = 6 ]
run 0 cache clear square --redis "$url"
check "a function is cleared" prints "3 entries of square() are gone."
run 0 cache clear --redis "$url"
check "and all" prints "2 entries of 2 functions are gone."
run 0 cache --redis "$url"
check "nothing is left" prints "There are no entries."
run 0 cache export archive --dir cache
run 0 cache import archive --redis "$url"
check "entries go to a server" prints "5 entries"
export MEMO_REDIS_URL="$url"
check "and are found there" [ "$(misses cache remote 3)" = 0 ]
unset MEMO_REDIS_URL
run 0 cache prune --max-size 300B --redis "$url"
run 0 cache --redis "$url"
check "the oldest go" [ "$(wc -l < ../out)" -lt 5 ]
run 2 cache --redis "unix://$folder/nowhere"
check "a server that is not there is told" says 'persist="redis"'
run 2 cache --redis "what"
check "and a URL that is none" says "MEMO_REDIS_URL needs"
end
