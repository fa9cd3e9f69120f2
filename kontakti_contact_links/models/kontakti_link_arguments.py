from odoo import api, models
from odoo.exceptions import UserError

MAX_INTEGER = 2**31 - 1


class KontaktiLink(models.Model):
    """What clients may say: anything else is a clear error (S18).

    A model that is not installed and an id that no record can have are answered as a
    record that is missing.
    """

    _inherit = "kontakti.link"

    @api.model
    def _check_model(self, model):
        """Return ``model``, ``None`` when no record of it can be linked.

        :raise UserError: unless it is a text
        """
        if not isinstance(model, str):
            raise UserError(self.env._("A model must be a text, such as sale.order."))
        return model if self._can_be_linked(model) else None

    @api.model
    def _check_id(self, res_id):
        """Return the id, 0 when no record can have it.

        :raise UserError: unless it is a whole number; ``False`` is no record
        """
        if res_id is False or res_id is None:
            return 0
        if not isinstance(res_id, int) or res_id is True:
            raise UserError(self.env._("The id of a record must be a whole number."))
        return res_id if 0 < res_id <= MAX_INTEGER else 0

    @api.model
    def _check_ids(self, res_ids):
        """Return the ids of one record or of a list of them, each once."""
        if not isinstance(res_ids, (list, tuple)):
            res_ids = [] if res_ids is False or res_ids is None else [res_ids]
        return list(dict.fromkeys(self._check_id(res_id) for res_id in res_ids))

    @api.model
    def _check_page(self, number):
        """Return a limit or an offset, ``None`` when not said.

        :raise UserError: unless it is a whole number from 0 on
        """
        if number is False or number is None:
            return None
        if (
            isinstance(number, int)
            and number is not True
            and 0 <= number <= MAX_INTEGER
        ):
            return number
        raise UserError(
            self.env._("A limit and an offset must be whole numbers from 0 on.")
        )
