def uninstall_hook(env):
    """Remove the links first: nothing deleted from here on shall look for any."""
    # sudo: links that the uninstalling user cannot see go as well
    env["kontakti.link"].sudo()._remove_all()
