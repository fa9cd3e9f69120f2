from . import test_personal_data, test_targets
