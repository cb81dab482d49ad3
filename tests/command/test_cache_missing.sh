#!/bin/sh
# Without the libraries of stores `memogen cache` says which are missing.
# shellcheck source=tests/command/common.sh
. "$(dirname "$0")/common.sh"
unset MEMO_CACHE_DIR MEMO_REDIS_URL

begin "no stores"
run 0 cache --help
for store in disk dir; do
    run 2 cache --store $store --dir cache
    check "the package is named" says "memogen was built without liblmdb-dev"
done
run 2 cache --redis redis://127.0.0.1:1
check "so is that of Redis" says "memogen was built without libhiredis-dev"
end
