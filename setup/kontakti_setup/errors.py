"""Errors as the user meets them: one line that says what to do."""

import errno
import sys
import traceback

from kontakti_setup import paths


class SetupError(Exception):
    """Something the user can mend; its text is one line that says how."""


def _message(error):
    if isinstance(error, SetupError):
        return str(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk is full: free some space for {error.filename or 'the cache'}"
    if isinstance(error, PermissionError):
        return f"no permission for {error.filename}: run as the user who owns it"
    return None


def guarded(function, *args):
    """Run a command of ours; returns its exit code, errors told in one line."""
    try:
        return function(*args) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        message = _message(error) or _unexpected(error)
        print("kontakti:", " ".join(message.split()), file=sys.stderr)
        return 1


def _unexpected(error):
    """A fault of ours: the traceback goes to a log, the user gets one line."""
    path = paths.logs() / "error.log"
    path.write_text("".join(traceback.format_exception(error)))
    return f"unexpected {type(error).__name__}: {error} (details: {path})"


def say(text):
    """Tell the user what is being done, apart from the command's own output."""
    print("kontakti:", text, file=sys.stderr, flush=True)
