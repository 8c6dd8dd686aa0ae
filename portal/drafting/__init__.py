"""The drafting team's answers (controdeduzioni): every admitted remark gets one.

Statute art. 12, 30 c.4, 31-32. An *answer* is assigned -> proposed -> approved -> published; who proposed it never
approves it. Outcomes: accepted, partially accepted, not accepted, already provided for, not pertinent, deferred to
implementation, noted. Each proposal is a *revision* that stays. *Internal notes* are read by the drafting team and
the secretariat alone.
"""
