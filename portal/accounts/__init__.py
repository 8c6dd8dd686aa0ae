"""People, the mandates that confer their offices, and how they sign in.

Statute art. 28-30 and 32 c.7: mayors, commissioners, presidents of Unioni and delegates act for a body only while
their mandate lasts. A *person* signs in with a one-time link or a password; a *mandate* (person, body, office, from,
to) is granted and ended by the secretariat and, for its own staff, by each body's signatory. The day after a mandate
ends, access under it is over. A *session* is one browser that has signed in; its owner can see and end it.
"""
