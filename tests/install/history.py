"""The versions landed before, out of the git history of this checkout."""

import ast
import io
import subprocess
import zipfile
from itertools import pairwise

from kontakti_setup import paths

ADDONS = paths.addons()
MANIFEST, MODELS = "__manifest__.py", "models/__init__.py"
WATCHED = [f"{name}/{file}" for name in ADDONS for file in (MANIFEST, MODELS)]


def _git(*args):
    command = ["git", *args]
    return subprocess.run(command, cwd=paths.CHECKOUT, capture_output=True, check=False)


def missing():
    """Why there is no history to install from; nothing when there is."""
    try:
        shallow = _git("rev-parse", "--is-shallow-repository").stdout.split()
    except FileNotFoundError:
        shallow = []
    return "" if shallow == [b"false"] else "allowed: a copy without the git history"


def _versions(commit):
    """The addons' versions in a commit; nothing before all of them had models."""
    found = []
    for name in ADDONS:
        shown = _git("show", f"{commit}:{name}/{MANIFEST}")
        models = _git("cat-file", "-e", f"{commit}:{name}/{MODELS}")
        if not shown.returncode and not models.returncode:
            found.append(ast.literal_eval(shown.stdout.decode())["version"])
    return tuple(found) if len(found) == len(ADDONS) else ()


def _is_like_the_checkout(commit):
    return not _git("diff", "--quiet", commit, "--", *ADDONS).returncode


def _where_versions_may_change():
    listed = _git("log", "--first-parent", "--reverse", "--format=%h", "--", *WATCHED)
    listed.check_returncode()
    return listed.stdout.decode().split()


def released():
    """The first and the last commit of each pair of versions: ``{label: commit}``.

    Those of the main line, without what is the checkout itself.
    """
    firsts = {}
    for commit in _where_versions_may_change():
        firsts.setdefault(_versions(commit), commit)
    firsts.pop((), None)
    assert firsts, "the checkout's own versions are in no commit"
    label = {v: "+".join(one.removeprefix("19.0.") for one in v) for v in firsts}
    chosen = {f"{label[v]}-first": commit for v, commit in firsts.items()}
    for versions, following in pairwise(firsts):
        chosen[f"{label[versions]}-last"] = f"{firsts[following]}~1"
    return {k: v for k, v in chosen.items() if not _is_like_the_checkout(v)}


def unpack(commit, folder):
    """Write the addons of a commit into a folder; the same folder."""
    packed = _git("archive", "--format=zip", commit, *ADDONS)
    with zipfile.ZipFile(io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder)
    return folder
