"""Debian packages unpacked aside, never installed: lib/debs.sh from Python."""

import os
import subprocess

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import external


class NoArchive(SetupError):
    """The machine's apt knows no archive to fetch from."""


def _call(*args, without=""):
    path = external.log_path("debs")
    with open(path, "a") as out:
        print("$ debs.sh", *args, file=out, flush=True)
        code = subprocess.call(
            ["sh", str(paths.SETUP / "lib" / "debs.sh"), *map(str, args)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env={**os.environ, "DEBS_WITHOUT": without or "/"},
        )
    if code == 3:
        raise NoArchive("this machine has no Debian archive to fetch packages from")
    if code:
        raise SetupError(
            "fetching Debian packages failed: check the network and apt's settings "
            f"(details: {path})"
        )


def _downloads(name):
    return paths.cache() / "downloads" / f"{name}-{os.getpid()}"


def unpack_from_suite(destination, suite, *packages):
    """Exactly these packages of a Debian suite, without what they depend on."""
    downloads = _downloads(suite)
    try:
        _call("suite", downloads, suite, *packages)
        _call("unpack", downloads, destination)
    finally:
        external.remove(downloads)


def unpack_missing(destination, *packages, without=""):
    """Packages of the machine's own release with all they need and it lacks."""
    downloads = _downloads(packages[0])
    try:
        _call("missing", downloads, *packages, without=without)
        _call("unpack", downloads, destination)
    finally:
        external.remove(downloads)


def library_path(prefix):
    """LD_LIBRARY_PATH for programs unpacked below a prefix.

    Some packages (PulseAudio, BLAS) keep libraries one folder deeper.
    """
    folders = [*prefix.glob("usr/lib/*-linux-gnu*"), *prefix.glob("lib/*-linux-gnu*")]
    deeper = {path.parent for folder in folders for path in folder.glob("*/lib*.so*")}
    given = os.environ.get("LD_LIBRARY_PATH")
    known = [*map(str, [*folders, *sorted(deeper)]), *([given] if given else [])]
    return ":".join(known)
