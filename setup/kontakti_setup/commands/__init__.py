"""The commands run, shell, format, pot and description; the others are in tests/."""
