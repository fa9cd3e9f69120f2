"""./setup/shell: an Odoo shell on a database that is thrown away afterwards."""

import subprocess

from rig import environment

USAGE = """Usage: ./setup/shell [--demo]

An Odoo shell (`env` is ready) on a fresh database with the addons, dropped at the end.
"""


def main(arguments):
    if {"--help", "-h"} & set(arguments):
        print(USAGE)
        return 0
    with environment.ready() as run:
        name = run.clone("shell", demo="--demo" in arguments)
        config = run._odoo.config()
        command = run._odoo.command("shell", "-c", config, "-d", name, "--no-http")
        return subprocess.call(command, env=run._odoo.environment())
