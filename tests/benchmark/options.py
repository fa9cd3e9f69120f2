"""The arguments that ./setup/benchmark and ./setup/replica have in common."""

import argparse

from kontakti_setup.errors import SetupError

SMALLEST, LARGEST = 2000, 10_000_000
MOST_USERS = 200


def parser(command, description, epilog, *, size, users, workers, seconds):
    """A parser with the size of the database and of the load, these by default."""
    found = argparse.ArgumentParser(
        prog=f"./setup/{command}", description=description, epilog=epilog
    )
    add = found.add_argument
    add("--size", type=int, default=size, help=f"contact events ({size})")
    shown = " ".join(map(str, users))
    add("--users", type=int, nargs="+", default=users, help=f"at once ({shown})")
    add("--workers", type=int, default=workers, help=f"of Odoo under load ({workers})")
    seconds_help = f"of each load ({seconds}; 0: no load)"
    add("--seconds", type=int, default=seconds, help=seconds_help)
    return found


def check(options, *sizes, fewest_users=1):
    """Refuse what cannot be filled or served."""
    if not all(SMALLEST <= size <= LARGEST for size in (options.size, *sizes)):
        raise SetupError(f"sizes go from {SMALLEST:,} to {LARGEST:,}")
    if not all(fewest_users <= users <= MOST_USERS for users in options.users):
        raise SetupError(f"--users wants numbers from {fewest_users} to {MOST_USERS}")
    if options.workers < 1:
        raise SetupError("--workers wants 1 or more")
    return options
