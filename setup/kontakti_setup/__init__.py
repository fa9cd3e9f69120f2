"""What makes a machine ready to run and test Kontakti: see setup/run and setup/test."""
