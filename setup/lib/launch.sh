#!/bin/sh
# launch.sh COMMAND ARGUMENTS...: finds a Python 3.10-3.13 that runs and hands over to it.
# When the machine has none, or one without pip, Debian's own is fetched and unpacked
# aside, in the cache.
set -eu
setup=$(cd "$(dirname "$0")/.." && pwd)

# 3.12 and 3.11 first: the package that draws bar code pictures has no wheel for 3.13.
PYTHON_NAMES="python3.12 python3.11 python3.13 python3.10 python3"
PYTHON_CHECK='
import sys
if not (3, 10) <= sys.version_info[:2] <= (3, 13):
    sys.exit(1)
import ctypes, fcntl, json, ssl, venv
if sys.argv[1:] == ["pip"]:
    import ensurepip
'

fail() {
    echo "kontakti: $1" >&2
    exit 1
}

default_environment() {
    : "${PATH:=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}"
    : "${LANG:=C.UTF-8}"
    if [ -z "${HOME:-}" ]; then
        HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
        [ -n "$HOME" ] && [ -w "$HOME" ] || fail "HOME is not set: set it to a folder you may write to"
    fi
    export PATH LANG HOME
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/kontakti
    mkdir -p "$cache/logs" 2>/dev/null ||
        fail "cannot write to $cache: set XDG_CACHE_HOME to a folder you may write to"
}

runs() {
    [ -x "$1" ] && "$1" -c "$PYTHON_CHECK" "${2:-}" >/dev/null 2>&1
}

# search_python PATH [pip]: every candidate of every folder is run, because a pyenv shim
# may be there and refuse.
search_python() {
    for name in $PYTHON_NAMES; do
        saved_ifs=$IFS
        IFS=:
        for folder in $1; do
            IFS=$saved_ifs
            PYTHON=$folder/$name
            if runs "$PYTHON" "${2:-}"; then return 0; fi
        done
        IFS=$saved_ifs
    done
    return 1
}

# What the machine lacks of Python and pip: at times all of it, at times pip alone.
fetch_python() {
    echo "kontakti: fetching Python or its pip (this machine lacks them)" >&2
    (
        flock 9
        [ ! -e "$aside" ] || exit 0
        rm -rf "$aside.part"
        sh "$setup/lib/debs.sh" "$aside.part" python3 python3-pip-whl &&
            mv "$aside.part" "$aside"
    ) 9>"$cache/python.lock" >"$cache/logs/python.log" 2>&1
}

use_aside() {
    for folder in "$aside"/usr/lib/*-linux-gnu* "$aside"/lib/*-linux-gnu*; do
        [ ! -d "$folder" ] || LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    done
    [ -z "${LD_LIBRARY_PATH:-}" ] || export LD_LIBRARY_PATH
}

find_python() {
    if [ -n "${KONTAKTI_PYTHON:-}" ]; then
        PYTHON=$KONTAKTI_PYTHON
        runs "$PYTHON" || fail "KONTAKTI_PYTHON=$PYTHON is not a working Python 3.10-3.13"
        return
    fi
    if search_python "$PATH" pip; then return; fi
    aside=$cache/debian-python
    [ -e "$aside" ] || fetch_python ||
        fail "no Python 3.10-3.13 with pip: install python3-venv (details: $cache/logs/python.log)"
    use_aside
    search_python "$PATH:$aside/usr/bin" ||
        fail "this machine's release has no Python 3.10-3.13: install one and set KONTAKTI_PYTHON to it"
}

default_environment
find_python
PYTHONPATH=$setup exec "$PYTHON" -X utf8 -B -m kontakti_setup "$@"
