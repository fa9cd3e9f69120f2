import inspect
import re

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged

ROW = re.compile(r"^\| `([\w.]+)` \| `(\w+|\w+<code>\w+)\(([^)]*)\)` \|", re.MULTILINE)


@tagged("post_install", "-at_install")
class TestHooks(TransactionCase):
    """The developers' readme lists the hooks as the code has them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        path = f"{get_module_path('kontakti_contact')}/readme/DEVELOP.md"
        with open(path, encoding="utf-8") as readme:
            section = readme.read().partition("\n# Hooks\n")[2].partition("\n# ")[0]
        cls.rows = ROW.findall(section)

    def _get_arguments(self, model, name):
        method = getattr(self.env.registry[model], name)
        parameters = inspect.signature(method).parameters.values()
        return ", ".join(str(one) for one in parameters if one.name != "self")

    def test_each_hook_has_the_arguments_that_the_readme_says(self):
        for model, name, arguments in self.rows:
            if "<code>" not in name:
                with self.subTest(hook=name):
                    self.assertEqual(self._get_arguments(model, name), arguments)

    def test_the_hooks_of_an_application_are_those_that_ours_have(self):
        listed = {
            name.partition("<code>")[2]: arguments
            for _model, name, arguments in self.rows
            if "<code>" in name
        }
        self.assertEqual({*listed}, {"_values", "_open", "_finish", "_hindrance"})
        ours = [
            name
            for name in dir(self.env.registry["kontakti.contact"])
            if name.startswith("_application_")
        ]
        self.assertTrue(ours)
        for name in ours:
            with self.subTest(hook=name):
                [suffix] = filter(name.endswith, listed)
                found = self._get_arguments("kontakti.contact", name)
                self.assertEqual(found, listed[suffix])

    def test_each_hook_says_what_it_is_for(self):
        self.assertGreater(len(self.rows), 12)
        for model, name, _arguments in self.rows:
            if "<code>" not in name:
                method = getattr(self.env.registry[model], name)
                with self.subTest(hook=name):
                    self.assertTrue(inspect.getdoc(method))
