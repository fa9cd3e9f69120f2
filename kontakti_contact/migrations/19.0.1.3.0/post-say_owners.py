def migrate(cr, version):
    """Say in each calendar event's own row whom its Customer tab is open to."""
    cr.execute(
        """
        UPDATE calendar_event
           SET kontakti_owner_id = tab.owner_id, kontakti_company_id = tab.company_id
          FROM kontakti_calendar_tab AS tab
         WHERE tab.id = calendar_event.kontakti_tab_id
        """
    )
