from . import test_nothing_lost
