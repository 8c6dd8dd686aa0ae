"""Votes that always count: rule sets, rolls, polls, ballots, and a verifier that anybody can run.

Statute art. 26 c.2 (the Council on the plan), 28-30 (the Conferenza), 14 (the Forum). Every kind of sitting votes here.

A *rule set* says, as data, which conditions on seats and on population must all hold for a matter; it has versions with
a first day and a legal basis (`conditions`, `thresholds`, `shipped`, `install_rules`, `revise_rule`). A *poll* is
prepared -> open -> closed -> proclaimed, aside annulled. Preparing fixes the question, the rule set, the bodies and
their population; opening fixes who sits and by which title (`seating`): in a sitting whoever is in the hall, elsewhere
whoever holds the office, with *alternates* where the rule set has them; together they are the *roll*. Vacant seats stay
in the base. A *ballot* is what one seat says (yes, no, abstain, present and not voting); a change is another version,
and the last one counts. Ballots come by personal form or socket, the clerk's keyboard, a show of hands or a paper tally
that a second person confirms, and the command line, all into one poll.

What was acknowledged is counted: a ballot is inserted by one statement that finds the poll open and locks its row for
share; closing takes that row for update and counts in the same transaction. Sending again with the same key gives the
same receipt. Until closing nobody learns a choice or a sum, whatever their office; turnout is public.

A poll may have an *end*: from that instant no answer is taken, and the worker counts it if nobody has.

Verbs: `prepare`, `name_delegate`, `open_poll`, `end_at` (and `last_call`), `cast` (own seat), `record_answer` (clerk,
console), `propose_tally`, `confirm_tally` (and `refuse`), `close`, `proclaim`, `annul`. Reading: `queries`, `mine`,
`may_vote`, `results`, `receipts`, `export`. The secretariat and the council clerk prepare and conduct; who conducts
holds no seat; the secretary general keeps the rule sets. `verifier` is one file that needs only Python's standard
library and nothing of this program.
"""
