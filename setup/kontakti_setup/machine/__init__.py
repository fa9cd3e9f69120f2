"""What makes a machine ready: packages, Python, Odoo, PostgreSQL, Chromium."""
