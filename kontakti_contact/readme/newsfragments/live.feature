Open task lists share the organisation's numbers instead of counting them each.
