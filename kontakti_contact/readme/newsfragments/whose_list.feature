A manager sees the task list as of one person, and hands a cell of it over.
