"""Minutes as objects: what the journal says of a held call, made into a text that people correct, sign and publish.

Statute art. 49 (the secretary general takes the minutes). Minutes are *drawn up* when a call is closed or deserted and
get a number within their organ and year. They are made of *sections*; each keeps the text as generated beside the text
as it stands, every *revision* with its author, and for some minutes the name of who is writing in it. The *chair* and
the *secretary general* sign, two different persons: from the first signature on nothing can be written, the second
freezes the text with its fingerprint. At a later sitting minutes are *approved*, with the *corrections* that were asked
for: these are added at the end, and no speech is ever rewritten. *Published* is a fact beside the state: once signed,
everybody reads them.

draft -> signed -> approved. The secretariat, the secretary general and the council clerk write; whoever presides at the
metropolitan city and the secretary general sign; the auditor reads.
"""
