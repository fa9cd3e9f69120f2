On a phone the task list shows first whom to call now.
