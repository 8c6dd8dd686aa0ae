"""The Forum metropolitano: the register of its member organisations (Statute art. 6, 14 c.1 and c.4)."""
