"""The commands: run, test, shell, screenshots, format, pot."""
