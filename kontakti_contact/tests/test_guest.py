import re

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged

OURS = "odoo.addons.kontakti_"
README = "readme/DEVELOP.md"
ROW = re.compile(r"^\| `([^`]+)`", re.MULTILINE)


@tagged("post_install", "-at_install")
class TestGuest(TransactionCase):
    """What we change of Odoo stands in one list an addon, each with its reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        names = modules.mapped("name")
        cls.addons = [name for name in names if name.startswith("kontakti_")]
        cls.listed = {row for addon in cls.addons for row in cls._read_rows(addon)}

    @classmethod
    def _read_rows(cls, addon):
        with open(f"{get_module_path(addon)}/{README}", encoding="utf-8") as readme:
            section = readme.read().partition("# What we change of Odoo")[2]
        return ROW.findall(section.partition("\n# ")[0])

    def _is_odoo_s(self, model_name):
        return not self.env.registry[model_name]._original_module.startswith(
            ("kontakti_", "test_kontakti")
        )

    def _overrides(self):
        """Yield ``model.method`` for each method of Odoo that a class of ours extends."""
        for model_name in filter(self._is_odoo_s, self.env.registry):
            classes = self.env.registry[model_name].__mro__
            theirs = {
                name
                for cls in classes
                if cls.__module__.startswith("odoo.")
                and not cls.__module__.startswith(OURS)
                for name in vars(cls)
            }
            for cls in classes:
                inherited = vars(cls).get("_inherit") or ()
                if isinstance(inherited, str):
                    inherited = (inherited,)
                if cls.__module__.startswith(OURS) and model_name in inherited:
                    for name, value in vars(cls).items():
                        if callable(value) and name in theirs and name[:2] != "__":
                            yield f"{model_name}.{name}"

    def _rules(self):
        """Yield ``rule on model`` for each record rule of ours on a model of Odoo's."""
        data = self.env["ir.model.data"].search(
            [("model", "=", "ir.rule"), ("module", "in", self.addons)]
        )
        for rule in self.env["ir.rule"].browse(data.mapped("res_id")):
            if self._is_odoo_s(rule.model_id.model):
                yield f"rule on {rule.model_id.model}"

    def test_every_override_and_rule_is_in_the_list(self):
        self.assertEqual({*self._overrides(), *self._rules()} - self.listed, set())

    def test_the_list_names_no_override_that_is_gone(self):
        names = "|".join(map(re.escape, self.env.registry))
        methods = {row for row in self.listed if re.fullmatch(rf"({names})\.\w+", row)}
        classes = self.env.registry.items()
        gone = {
            row
            for row in methods
            if not any(
                name == row.rpartition(".")[0]
                and hasattr(model, row.rpartition(".")[2])
                for name, model in classes
            )
        }
        self.assertEqual(gone, set())
