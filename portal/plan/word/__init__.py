"""Word documents (Office Open XML): opened without trust, read into blocks, written with hidden bookmarks as keys.

Nothing here follows a link, expands an entity or runs anything: a package is a ZIP whose parts are read up to a limit,
whose XML may declare nothing, and of which only the parts that hold text are looked at.
"""
