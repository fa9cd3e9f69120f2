"""Debian packages unpacked aside, never installed: lib/debs.sh from Python."""

import os

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import external


class NoArchive(SetupError):
    """The machine's apt knows no archive to fetch from."""


def unpack(destination, *packages):
    """Lay packages out below a folder; what names mean is said in debs.sh."""
    script = paths.SETUP / "lib" / "debs.sh"
    code = external.call(["sh", script, destination, *packages], "debs")
    if code == 3:
        raise NoArchive("this machine has no Debian archive to fetch packages from")
    if code:
        raise SetupError(
            "fetching Debian packages failed: check the network and apt's settings "
            f"(details: {external.log_path('debs')})"
        )


def aside(name, hint, *packages):
    """The folder of the cache with packages and what they need, fetched once.

    :param hint: what to do when they cannot be had
    """
    folder = paths.cache() / name
    try:
        with external.made_once(folder, f"fetching {packages[0]}") as part:
            if part:
                unpack(part, *packages)
    except SetupError as error:
        raise SetupError(f"{hint} ({error})") from error
    return folder


def library_path(prefix):
    """LD_LIBRARY_PATH for programs unpacked below a prefix.

    Some packages (PulseAudio, BLAS) keep libraries one folder deeper.
    """
    folders = [*prefix.glob("usr/lib/*-linux-gnu*"), *prefix.glob("lib/*-linux-gnu*")]
    deeper = {path.parent for folder in folders for path in folder.glob("*/lib*.so*")}
    given = os.environ.get("LD_LIBRARY_PATH")
    known = [*map(str, [*folders, *sorted(deeper)]), *([given] if given else [])]
    return ":".join(known)
