#!/bin/sh
# Installs the named Debian packages that are missing, through sudo where this is not root.
# Says which ones are missing, and how to install them, where that cannot be done.
# CUBEVAULT_SKIP_PACKAGES=1 leaves the machine as it is.
set -eu

is_installed() {
    # An untouched dpkg database answers "install ok installed".
    dpkg-query --show --showformat='${Status}' "$1" 2>/dev/null | grep -q ' installed$'
}

give_up() {
    echo "cubevault: missing packages:$missing" >&2
    echo "cubevault: $1; install them yourself:" >&2
    echo "    apt-get install$missing" >&2
    exit 1
}

if [ "${CUBEVAULT_SKIP_PACKAGES:-0}" = 1 ]; then exit 0; fi

missing=""
if ! command -v dpkg-query >/dev/null; then
    missing=" $*"
    give_up "this is not Debian or one of its descendants"
fi
for package in "$@"; do
    is_installed "$package" || missing="$missing $package"
done
if [ -z "$missing" ]; then exit 0; fi

as_root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || give_up "neither root nor sudo is at hand"
    # A terminal can be asked for a password; anything else must do without.
    if [ -t 0 ]; then as_root="sudo"; else as_root="sudo -n"; fi
    $as_root true || give_up "sudo was refused"
fi

echo "cubevault: installing$missing"
install() {
    # shellcheck disable=SC2086 # both are lists of words
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends $missing
}
# The package lists are only fetched where the present ones do not do.
install || { $as_root apt-get update && install; } || give_up "apt-get failed"
