"""An invented metropolitan city with a plan in consultation, for whoever wants to see the portal at work.

The texts are data files beside this page; loading them goes through the same verbs as everything else, each at an
instant of the past weeks, so that receipts, journal and deadlines are true. Nothing of it is real.
"""
