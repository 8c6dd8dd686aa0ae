"""Mail from journal entries: who hears of what, in which language, and how it leaves the house.

A verb records what happened; `listen` reads the entries nobody has heard yet and queues letters in the same
transaction that marks them heard; `mailer` sends what is due. Both are steps of the worker. A letter goes to those
whom the entry concerns, and says nothing that its reader may not see on a page.
"""
