Recurring follow-ups: done makes exactly one next, counted from the first date.
