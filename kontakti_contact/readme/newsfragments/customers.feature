Kontakti's own *Customers*: last and next contact, by whom, contacts in 12 months with their trend, days silent; sorted, grouped
and filtered by. *Keep in touch* intervals, and the task list's sections *My responsibility* and *Gone silent*; sections can be
hidden in *Preferences*. The form shows the customer's history and what was promised. Participants. The Analysis menu opens
figures of a period beside the one before, each leading to its records.
