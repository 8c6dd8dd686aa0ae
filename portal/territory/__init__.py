"""Bodies of the metropolitan area, their ties, and dated population figures.

Serves Statute art. 4 (zones), 6 (families of the Forum), 13 (representativeness), 28 (Comuni and Municipalità), 32
c.7-8 (Unioni and neighbours). A *body* is a metropolitan city, Comune, Unione, Municipalità, homogeneous zone,
neighbouring body, Forum organisation or private partner. A *membership* ties a Comune to an Unione or zone from one
day to another. A *population snapshot* has a source and a reference date; once a procedure counts with it, it is
frozen. The secretariat keeps the register.
"""
