"""The addons as wheels, as OCA's are, and click-odoo's commands on them."""

import re
import subprocess
import sys
import zipfile

import pytest
from test_install import NAMES, checked, problems

from kontakti_setup import paths

ADDONS = paths.addons()
LEFT_OUT = {"pyproject.toml"}
STATE = """
print("STATE", env["ir.module.module"].search_count(
    [("name", "in", {names!r}), ("state", "=", "installed")]))
"""


def command(kontakti, *args, module=None, **options):
    """Run a Python program beside Odoo; its output, which says what went wrong."""
    done = subprocess.run(
        [sys.executable, *(["-m", module] if module else []), *map(str, args)],
        env=kontakti._odoo.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheels(kontakti, tmp_path_factory):
    """The wheels by addon, built without the network."""
    folder = tmp_path_factory.mktemp("wheels")
    offline = ("--no-index", "--no-deps", "--no-build-isolation")
    sources = [paths.CHECKOUT / name for name in ADDONS]
    command(kontakti, "wheel", *offline, "-w", folder, *sources, module="pip")
    return {name: next(folder.glob(f"odoo_addon_{name}-*.whl")) for name in ADDONS}


@pytest.fixture(scope="module")
def installed(kontakti, wheels, tmp_path_factory):
    """An addons folder that pip has filled from the wheels."""
    folder = tmp_path_factory.mktemp("site")
    offline = ("--no-index", "--no-deps", "--target", folder)
    command(kontakti, "install", *offline, *wheels.values(), module="pip")
    return folder / "odoo" / "addons"


def files_of(addon):
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(
        listed, cwd=addon, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {
            str(path.relative_to(addon))
            for path in addon.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
    names = filter(None, done.stdout.split("\0"))
    return {name for name in names if (addon / name).exists()}


@pytest.mark.parametrize("name", ADDONS)
def test_a_wheel_holds_the_whole_addon(name, wheels):
    with zipfile.ZipFile(wheels[name]) as wheel:
        inside = [name for name in wheel.namelist() if "__pycache__" not in name]
    start = f"odoo/addons/{name}/"
    found = {entry.removeprefix(start) for entry in inside if entry.startswith(start)}
    assert found == files_of(paths.CHECKOUT / name) - LEFT_OUT
    version = paths.manifest(paths.CHECKOUT / name)["version"]
    assert re.search(
        rf"-{re.escape(version)}(\.\d+)?(\.dev\d+)?-py3", wheels[name].name
    )


def click_odoo(kontakti, name, *args, database, addons_path):
    config = kontakti._odoo.config(addons_path=addons_path)
    module = f"click_odoo_contrib.{name}"
    printed = command(kontakti, "-c", config, "-d", database, *args, module=module)
    assert not problems(printed)


def test_wheels_are_installed_by_pip_updated_and_uninstalled(kontakti, installed):
    assert {path.name for path in installed.iterdir()} == set(ADDONS)
    database = kontakti.clone_base("wheels")
    checked(kontakti, "-i", NAMES, db=database, addons_path=installed)
    with kontakti.serve(database, addons_path=installed) as server:
        assert server.url
    assert not problems(server.log())
    where = {"database": database, "addons_path": installed}
    click_odoo(kontakti, "update", "--ignore-core-addons", **where)
    assert "STATE 2" in kontakti.shell(database, STATE.format(names=ADDONS))
    click_odoo(kontakti, "uninstall", "-m", NAMES, **where)
    assert "STATE 0" in kontakti.shell(database, STATE.format(names=ADDONS))
    kontakti.drop(database)
