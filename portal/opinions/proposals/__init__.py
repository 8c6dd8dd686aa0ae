"""What the Forum asks of the Council by itself: its proposals, and its own document. Statute art. 14 c.2-3.

A *proposal* is written by a member organisation or by the Forum's secretary, supported by others if the Forum asks for
it, approved by the secretary, and *sent* to the Council with a number of the register. From that day it is to stand
*on the Council's agenda* within three months, and to be *decided* within two further months; calendar months, up to
the last instant of the day in Rome. Stages and delays are derived from what happened (`rules`), never stored; a delay
stays public. Who proposed may *withdraw* it until it is decided.

The *paper* is the Forum's document: versions with numbered items, *adopted* by a vote or an act and frozen with its
fingerprint. *Coverage* says, item by item, which actions of a version of the plan answer to it and how far, or why
none does: the reference that the plan must make.

Verbs: `write`, `support`, `approve`, `send`, `agenda`, `decide`, `withdraw`; `draft_paper`, `adopt_paper`, `cover`.
Reading: `queries`, `paper_queries`, `coverage`. Before it is sent a proposal is read by the Forum, then by everybody.
"""
