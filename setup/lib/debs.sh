#!/bin/sh
# Debian packages fetched by apt itself from the mirror this machine is set up
# for, with every signature and hash checked by apt, and nothing of the system
# touched: apt gets its own lists, cache and settings below TARGET. Works as root
# and as an ordinary user.
#
#   debs.sh suite   TARGET SUITE PACKAGE...  exactly these, from one Debian suite
#   debs.sh missing TARGET PACKAGE...        these and all they need that the machine
#                                            lacks, from the machine's own release
#   debs.sh unpack  TARGET DESTINATION       what was fetched, laid out below a folder
#
# DEBS_WITHOUT: extended regular expression of package names "missing" leaves out.
# Exit code 3: no archive to fetch from; 4: apt could not fetch.
set -eu

fail() {
    echo "$2" >&2
    exit "$1"
}

index_targets() {
    apt-get indextargets --no-release-info --format "$1" 2>/dev/null || true
}

debian_mirror() {
    index_targets '$(CREATED_BY) $(REPO_URI)' |
        awk '$1 == "Packages" && $2 ~ /\/debian\/?$/ {print $2; exit}'
}

debian_keyring() {
    for file in /usr/share/keyrings/debian-archive-keyring.gpg \
        /usr/share/keyrings/debian-archive-keyring.pgp; do
        if [ -e "$file" ]; then echo "$file"; return; fi
    done
    fail 3 "no Debian archive keyring on this machine"
}

# The machine's own Debian or Ubuntu archives as sources.list lines; other vendors'
# archives are left out, as they may be slow or out of reach.
own_sources() {
    index_targets '$(CREATED_BY)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(SIGNED_BY)' |
        awk -F'|' '$1 == "Packages" && $2 ~ /\/(debian|debian-security|ubuntu|ubuntu-ports)\/?$/ {
            signed = ($5 ~ /^\//) ? "[signed-by=" $5 "] " : ""
            print "deb " signed $2 " " $3 " " $4 }' | sort -u
}

isolate_apt() {
    mkdir -p "$target/lists/partial" "$target/cache/archives/partial" \
        "$target/parts" "$target/prefs" "$target/debs"
    cat >"$target/apt.conf" <<END
Dir::Etc::sourcelist "$target/sources.list";
Dir::Etc::sourceparts "$target/parts";
Dir::Etc::preferences "$target/none";
Dir::Etc::preferencesparts "$target/prefs";
Dir::State "$target";
Dir::State::lists "$target/lists";
Dir::State::status "$1";
Dir::Cache "$target/cache";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
Acquire::Retries "2";
Debug::NoLocking "true";
END
}

download() {
    rm -f "$target"/debs/*
    (cd "$target/debs" && apt-get -qq download "$@") || fail 4 "apt could not fetch: $*"
    rm -rf "$target/lists" "$target/cache"
}

fetch_from_suite() {
    suite=$1
    shift
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || fail 3 "no Debian archive in this machine's apt sources"
    : >"$target/status"
    keyring=$(debian_keyring)
    printf 'deb [signed-by=%s] %s %s main\n' "$keyring" "$mirror" "$suite" \
        >"$target/sources.list"
    isolate_apt "$target/status"
    APT_CONFIG="$target/apt.conf"
    export APT_CONFIG
    apt-get -qq update || fail 4 "apt could not read the package list of $suite"
    download "$@"
}

to_install() {
    apt-get -s --no-install-recommends install "$@" | awk '/^Inst / {
        name = $2
        match($0, /\([^ ]+/)
        print name "=" substr($0, RSTART + 1, RLENGTH - 1) }' |
        grep -Ev "^(libc6|libc-bin)(:[a-z0-9]+)?=" |
        grep -Ev "^(${DEBS_WITHOUT:-/})="
}

fetch_missing() {
    own_sources >"$target/sources.list"
    [ -s "$target/sources.list" ] ||
        fail 3 "no Debian or Ubuntu archive in this machine's apt sources"
    isolate_apt /var/lib/dpkg/status
    APT_CONFIG="$target/apt.conf"
    export APT_CONFIG
    apt-get -qq update || fail 4 "apt could not read the package lists"
    packages=$(to_install "$@") || fail 4 "apt knows no way to install: $*"
    # shellcheck disable=SC2086
    download $packages
}

unpack() {
    mkdir -p "$1"
    for deb in "$target"/debs/*.deb; do
        dpkg-deb -x "$deb" "$1" || fail 4 "cannot unpack $deb"
    done
}

[ $# -ge 3 ] || fail 2 "usage: debs.sh suite|missing|unpack TARGET ..."
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    fail 3 "no apt on this machine"
action=$1
mkdir -p "$2"
target=$(cd "$2" && pwd)
shift 2
case $action in
suite) fetch_from_suite "$@" ;;
missing) fetch_missing "$@" ;;
unpack) unpack "$@" ;;
*) fail 2 "debs.sh: unknown action $action" ;;
esac
