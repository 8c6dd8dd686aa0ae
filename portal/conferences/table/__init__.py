"""The table: what bodies put on it while a sitting goes on.

A remark made in a sitting is the same object as any other remark (same receipt, same inbox); here stands only that it
was made at this sitting, on which item, during which speech. An *indication* is what a body says of an action when
asked: favourable, with remarks, contrary. It is named and binds nobody: programming conferences do not vote (Statute
art. 32 c.7). Polls of the voting package are tied to items that can be put to the vote.
"""
