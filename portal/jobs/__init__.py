"""Background work whose state is in our own tables: the queue of mail and what became of each one."""
