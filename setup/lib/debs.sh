#!/bin/sh
# Debian packages laid out below a folder, never installed: fetched by apt itself from
# the mirror this machine is set up for, with every signature and hash checked, but
# with lists, cache and settings of their own. Works as root and as an ordinary user.
#
#   debs.sh DESTINATION PACKAGE...         these and all they need that the machine lacks
#   debs.sh DESTINATION PACKAGE/SUITE...   exactly these, from suites of Debian
#
# Exit code 3: no archive to fetch from; 4: apt could not fetch.
set -eu

fail() {
    echo "$2" >&2
    exit "$1"
}

# The machine's own Debian or Ubuntu archives as lines of sources.list; other vendors'
# archives are left out, as they may be slow or out of reach.
archives() {
    apt-get indextargets --no-release-info \
        --format '$(CREATED_BY)|$(REPO_URI)|$(RELEASE) $(COMPONENT)' 2>/dev/null |
        while IFS='|' read -r kind address release; do
            case $kind:${address%/} in
            Packages:*/debian | Packages:*/debian-security) key=debian ;;
            Packages:*/ubuntu | Packages:*/ubuntu-ports) key=ubuntu ;;
            *) continue ;;
            esac
            echo "deb $(signed_by $key)${address%/} $release"
        done | sort -u
}

signed_by() {
    for file in "/usr/share/keyrings/$1-archive-keyring".[gp][pg][gp]; do
        if [ -e "$file" ]; then
            echo "[signed-by=$file] "
            return
        fi
    done
}

# The same Debian archive with the suites that packages are asked of.
suites() {
    archive=$(archives | sed -n 's|/debian .*|/debian|p' | head -n 1)
    [ -n "$archive" ] || return 0
    printf '%s\n' "$@" | sed 's|.*/||' | sort -u | sed "s|.*|$archive & main|"
}

configure() {
    cat >"$work/apt.conf" <<END
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "$work/none";
Dir::Etc::preferences "$work/none";
Dir::Etc::preferencesparts "$work/none";
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$1";
Dir::Cache "$work";
APT::Sandbox::User "$(id -un)";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "2";
Debug::NoLocking "true";
END
    export APT_CONFIG="$work/apt.conf"
    apt-get -qq update || fail 4 "apt could not read the package lists"
}

fetch() {
    case $1 in
    */*)
        suites "$@" >"$work/sources.list"
        status=$work/status
        ;;
    *)
        archives >"$work/sources.list"
        status=/var/lib/dpkg/status
        ;;
    esac
    [ -s "$work/sources.list" ] || fail 3 "no archive to fetch from in apt's sources"
    configure "$status"
    case $1 in
    */*) (cd "$work/archives" && apt-get -qq download "$@") ;;
    *) apt-get -qq --download-only install "$@" ;;
    esac || fail 4 "apt could not fetch: $*"
}

# The C library stays the machine's: programs of both would share it.
unpack() {
    for deb in "$work"/archives/*.deb; do
        case $deb in
        */\*.deb | */libc6_* | */libc-bin_*) ;;
        *) dpkg-deb -x "$deb" "$1" || fail 4 "cannot unpack $deb" ;;
        esac
    done
}

[ $# -ge 2 ] || fail 2 "usage: debs.sh DESTINATION PACKAGE..."
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    fail 3 "no apt on this machine"
mkdir -p "$1"
destination=$(cd "$1" && pwd)
work=$destination.debs
shift
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
rm -rf "$work"
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/none"
: >"$work/status"
fetch "$@"
unpack "$destination"
