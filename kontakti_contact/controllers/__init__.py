from . import labels, thread
