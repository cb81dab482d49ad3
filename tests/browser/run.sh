#!/bin/sh
# Run the browser tests of one file.
#
#   run.sh NAME PROGRAMS FRONT PACKAGES
#
# NAME of tests/browser/NAME.mjs; PROGRAMS is where browser_app is, FRONT where
# the front end is, PACKAGES where npm has put node_modules.  Pictures are left
# in the current folder.  Ends with 77 if something is missing.
set -eu
name=$1
here=$(cd "$(dirname "$0")" && pwd)

skip() {
    echo "skipped: $*"
    exit 77
}

command -v node > /dev/null || skip "there is no node"
node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' ||
    skip "node is older than 18, which playwright-core needs"
# The shell is Chromium without its windows, and starts in half the time.
browsers="chromium-headless-shell chromium chromium-browser"
[ "${MEMO_TEST_DEPTH:-normal}" != deep ] || browsers="chromium $browsers"
CHROMIUM=
for browser in $browsers; do
    CHROMIUM=$(command -v "$browser") && break
done
[ -n "$CHROMIUM" ] || skip "there is no chromium"
[ -d "$4/node_modules/playwright-core" ] ||
    skip "no playwright-core in $4; sh tests/support/install-node-packages"
[ -f "$3/boot.js" ] ||
    skip "no front end in $3; sh runtime/app/front/make $3"

export CHROMIUM BROWSER_PROGRAMS="$2" BROWSER_PACKAGES="$4" MEMO_FRONT_DIR="$3"
exec node "$here/$name.mjs"
