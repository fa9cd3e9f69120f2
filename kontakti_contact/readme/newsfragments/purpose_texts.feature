A purpose may carry questions to ask and a checklist.
