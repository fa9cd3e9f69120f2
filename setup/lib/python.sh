# Sourced by the launchers: sensible defaults for a bare environment, and PYTHON, a
# Python 3.10-3.13 that runs. When the machine has none, Debian's own is fetched and
# unpacked aside, in the cache.

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
    CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/kontakti
    mkdir -p "$CACHE/logs" 2>/dev/null ||
        fail "cannot write to $CACHE: set XDG_CACHE_HOME to a folder you may write to"
}

# search_python [pip]: every candidate of every PATH folder is run, because a pyenv shim
# may be there and refuse.
search_python() {
    if [ -n "${KONTAKTI_PYTHON:-}" ]; then
        PYTHON=$KONTAKTI_PYTHON
        "$PYTHON" -c "$PYTHON_CHECK" >/dev/null 2>&1 && return 0
        fail "KONTAKTI_PYTHON=$KONTAKTI_PYTHON is not a working Python 3.10-3.13"
    fi
    for name in $PYTHON_NAMES; do
        saved_ifs=$IFS
        IFS=:
        for folder in $PATH; do
            IFS=$saved_ifs
            PYTHON=$folder/$name
            [ -x "$PYTHON" ] && "$PYTHON" -c "$PYTHON_CHECK" "$@" >/dev/null 2>&1 && return 0
        done
        IFS=$saved_ifs
    done
    return 1
}

python_aside() {
    for PYTHON in "$aside"/usr/bin/python3.1[0-3]; do
        [ -e "$aside/.complete" ] && [ -x "$PYTHON" ] || continue
        LD_LIBRARY_PATH=
        for folder in "$aside"/usr/lib/*-linux-gnu* "$aside"/lib/*-linux-gnu*; do
            [ ! -d "$folder" ] || LD_LIBRARY_PATH=$LD_LIBRARY_PATH${LD_LIBRARY_PATH:+:}$folder
        done
        export LD_LIBRARY_PATH
        "$PYTHON" -c "$PYTHON_CHECK" >/dev/null 2>&1 && return 0
    done
    return 1
}

fetch_python() {
    aside=$CACHE/python
    python_aside && return 0
    echo "kontakti: fetching Python (this machine has no Python 3.10-3.13)" >&2
    log=$CACHE/logs/python.log
    (
        flock 9
        [ ! -e "$aside/.complete" ] || exit 0
        rm -rf "$aside" "$CACHE/downloads/python"
        debs=$setup/lib/debs.sh
        sh "$debs" missing "$CACHE/downloads/python" python3 python3-pip-whl &&
            sh "$debs" unpack "$CACHE/downloads/python" "$aside" &&
            rm -rf "$CACHE/downloads/python" && : >"$aside/.complete"
    ) 9>"$CACHE/python.lock" >"$log" 2>&1 ||
        fail "no Python 3.10-3.13 here and none could be fetched: install python3 and python3-venv (details: $log)"
    python_aside || fail "this machine's Debian has no Python 3.10-3.13: install one and set KONTAKTI_PYTHON to it"
}

find_python() {
    search_python pip || search_python || fetch_python
}

# launch COMMAND ARGUMENTS...: the rest is Python's.
launch() {
    default_environment
    find_python
    PYTHONPATH=$setup exec "$PYTHON" -X utf8 -B -m kontakti_setup "$@"
}
