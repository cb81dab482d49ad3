#!/bin/sh
# Frames as another reader of Arrow's streams sees them.
#
#   run.sh WRITE_FRAMES PACKAGES SCRATCH
#
# Ends with 77 if that reader is not there: tests/run fetches it by npm.
set -eu
write_frames=$1 packages=$2 scratch=$3
here=$(cd "$(dirname "$0")" && pwd)

skip() {
    echo "skipped: $*"
    exit 77
}

command -v node > /dev/null || skip "there is no node"
[ -d "$packages/node_modules/apache-arrow" ] ||
    skip "no apache-arrow in $packages; sh tests/support/install-node-packages"

case ${MEMO_TEST_DEPTH:-normal} in
quick) count=300 ;;
deep) count=10000 ;;
*) count=1000 ;;
esac
rm -rf "$scratch"
mkdir -p "$scratch"
"$write_frames" "$scratch" $count
node "$here/read_frames.js" "$packages" "$scratch" $count
