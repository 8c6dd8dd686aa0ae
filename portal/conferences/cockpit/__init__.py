"""The head of the cockpit: how a sitting stands at this instant, in one reading.

Whoever conducts sees at every moment in which state the sitting is, which item of how many is in discussion, who is
there on both axes, whether the legal number (if the rule set asks for one) is met or can still be reached, and what was
done a moment ago and can be taken back. The boards of the hall, the floor and the table say the rest.
"""
