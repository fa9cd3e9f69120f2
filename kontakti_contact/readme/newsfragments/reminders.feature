Late and due today in Odoo's activity menu and, for who chooses it, in a morning digest by e-mail; deputies.
