from odoo import models


class KontaktiChoiceMixin(models.AbstractModel):
    """A list that contact events choose from: read by whoever reads contact events.

    An auditor's group has read access to contact events and need not know our lists.
    """

    _name = "kontakti.choice.mixin"
    _description = "Choice of Contact Events"

    def _check_access(self, operation):
        refused = super()._check_access(operation)
        if operation == "read" and self.env["kontakti.contact"].has_access("read"):
            return None
        return refused
