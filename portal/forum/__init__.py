"""The Forum metropolitano and the Forum of the young: the register of their member organisations, and their rules.

Statute art. 6 (six families), 10, 12, 14 c.1 and c.4 (the Forums); L. 241/1990 art. 16 (terms of an opinion).

A *Forum* has *members*: organisations of the register of bodies, each of one *family*, admitted by an act. A member
holds one *seat* from the day of its admission to its last day, but for the days of a *suspension*; seats are what rolls
of votes and of sittings are drawn from (`queries.seats`). For each organisation speak a *delegate* and a *substitute*,
mandates with days like all others (`name_people`, `members.standing`). What held on days that are over is never
rewritten. A Forum works by dated *rules* (`settings.of`): the secretary general revises them, the earlier ones stay.

Anybody *asks to join* without an account (`apply`): the address is confirmed by a link before anybody reads the
request, every later letter brings a new personal address, and the secretariat admits, refuses with a reason, or asks
for something first (`decide`, `answer`). Unconfirmed requests go away, contact persons are forgotten (`forget`).

Verbs: `install`, `admit`, `suspend`, `end_membership`, `name_people`, `import_members`, `apply`, `answer`, `decide`,
`revise_rules`. Reading: `queries`, `register_queries`, `application_queries`, `settings`. The secretariat, the
secretary general and the secretary of the Forum keep the register; council clerk and auditor watch; everybody reads who
is in it.
"""
