from . import test_integrator
