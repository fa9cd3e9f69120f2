Log and plan: what was said and what comes next in one save, in the row, as a dialog and from anywhere in Odoo. No answer is one click. Both can be undone.
