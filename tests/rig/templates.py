"""Prepared databases that tests copy, made once for a state of the addons."""

import json
import os
import time
from pathlib import Path

import demonstration
from kontakti_setup import paths
from kontakti_setup.errors import say
from kontakti_setup.machine import databases, external, locks
from kontakti_setup.machine.odoo_process import LANGUAGES
from rig import signature

KEPT = 2
HINT = "the addons could not be installed: mend what the log says"
BUNDLES = """
qweb = env["ir.qweb"]
qweb._pregenerate_assets_bundles()
for name in ("web.assets_tests", "web.assets_unit_tests", "web.assets_unit_tests_setup"):
    bundle = qweb._get_asset_bundle(name, css=True, js=True)
    bundle.js()
    bundle.css()
"""


class Templates:
    """Makes, finds and prunes the prepared databases of one Odoo and set of addons.

    base: what the addons depend on; kontakti: with the addons; demo: with the addons
    and the demonstration of a Finnish company. Their names hold a hash of what they
    are made of, and the set's name.
    """

    def __init__(self, odoo, odoo_version, addons_set="", modules=()):
        self.odoo = odoo
        self.set = addons_set
        self.modules = modules
        self.version = odoo_version
        self.addons = [
            path.parent
            for folder in odoo.addons_folders
            for path in sorted(Path(folder).glob("*/__manifest__.py"))
        ]
        self.names = [addon.name for addon in self.addons]
        self.prefix = f"kontakti_{paths.digest(paths.cache())[:6]}"
        self.records = paths.cache() / "test" / "templates"
        self.records.mkdir(parents=True, exist_ok=True)
        self._used = []

    def dependencies(self):
        """Modules of Odoo that the addons need, and those asked for beside them."""
        wanted = {"web", "base_import", *self.modules}
        for addon in self.addons:
            wanted.update(paths.manifest(addon).get("depends", ()))
        return sorted(wanted - set(self.names))

    def _base_name(self):
        key = paths.digest(self.version, self.dependencies(), LANGUAGES)
        return f"{self.prefix}_{self.set}base_{key}"

    def _name(self, kind):
        key = paths.digest(self._base_name(), signature.schema(self.addons))
        return f"{self.prefix}_{self.set}{kind}_{key}"

    def base(self):
        return self._made("base", self._base_name(), self._make_base)

    def kontakti(self):
        name = self._name("kontakti")
        if name not in databases.names(self.odoo.server):
            self.base()
        return self._made("kontakti", name, self._make_kontakti)

    def demo(self):
        name = f"{self._name('demo')}_{demonstration.signature()}"
        return self._made("demo", name, self._make_demo)

    def _made(self, kind, name, make):
        """The database's name; made under another name unless it is there."""
        with self._locked(name):
            if name not in databases.names(self.odoo.server):
                say(f"preparing the {self.set}{kind} database (once)")
                part = f"{name}_part"
                databases.drop(self.odoo.server, self.odoo.data_dir, part)
                make(part)
                databases.rename(self.odoo.server, self.odoo.data_dir, part, name)
                self._record(name).write_text("{}")
            self._use(name)
            self._prune(kind)
        return name

    def _make_base(self, name):
        modules = ",".join(self.dependencies())
        self.odoo.checked(
            "-i", modules, f"--load-language={LANGUAGES}", db=name, hint=HINT
        )

    def _make_kontakti(self, name):
        self.clone(self._base_name(), name)
        if self.names:
            self.odoo.checked("-i", ",".join(self.names), db=name, hint=HINT)

    def _make_demo(self, name):
        demonstration.make(self.odoo, name, self.dependencies(), self.names)

    def with_bundles(self, name):
        """Put the addons' JavaScript bundles in, so that no browser test makes them."""
        wanted = signature.assets(self.addons)
        record = self._record(name)
        with self._locked(name):
            known = json.loads(record.read_text() or "{}")
            if known.get("assets") != wanted:
                say("preparing the JavaScript bundles")
                self.odoo.shell(name, BUNDLES)
                record.write_text(json.dumps({"assets": wanted}))

    def clone(self, source, name):
        with self._locked(source):
            databases.copy(self.odoo.server, self.odoo.data_dir, source, name)

    @staticmethod
    def _locked(name):
        """Nobody copies a prepared database while somebody makes or changes it."""
        return locks.held(f"template-{name}")

    def _record(self, name):
        return self.records / f"{name}.json"

    def _use(self, name):
        """Nobody drops a template we use: the lock ends with this process."""
        record = self._record(name)
        record.touch()
        os.utime(record, (time.time(), time.time()))
        self._used.append(locks.take(record, exclusive=False))

    def _prune(self, kind):
        """Drop all but the newest databases of a kind, unless in use."""
        pattern = f"{self.prefix}_{self.set}{kind}_*.json"
        records = sorted(
            self.records.glob(pattern), key=lambda path: path.stat().st_mtime
        )
        for record in records[:-KEPT]:
            made = paths.cache() / f"template-{record.stem}.lock"
            making, used = (locks.take(path, wait=False) for path in (made, record))
            if making and used:
                databases.drop(self.odoo.server, self.odoo.data_dir, record.stem)
                record.unlink()
                made.unlink()
            for lock in filter(None, (making, used)):
                lock.close()


def prune_runs(odoo, prefix, folder):
    """Drop databases and files of runs that ended without tidying up."""
    for lock in folder.glob("*.lock"):
        free = locks.take(lock, wait=False)
        if not free:
            continue
        for name in databases.names(odoo.server):
            if name.startswith(f"{prefix}_run_{lock.stem}_"):
                databases.drop(odoo.server, odoo.data_dir, name)
        external.remove(folder / lock.stem)
        lock.unlink(missing_ok=True)
        free.close()
