"""The hall: how a sitting goes on once its hour has come.

Statute art. 29 (the mayors' conference), 32 c.7 (programming conferences); TUEL art. 38 (legal number). A convened
sitting is *held* call by call: roll call -> in session <-> suspended -> closed; a call at which the needed number is
missing is *deserted*, and its attendance is kept. Items are *taken up* in their turn or out of it; each stretch in
discussion is a *spell* with real times. *Presence* is a set of intervals, with mode (room, remote) and source (badge,
desk, the person's own word confirmed by the desk, remote sign-in, roll call, hand-over), counted on two axes: seats and
residents. An act of those who conduct can be taken back within ten seconds: another entry says so, nothing is erased.

The secretariat, the secretary general, the council clerk and the moderator conduct; whoever holds a granted
accreditation and is present takes part; the auditor watches.
"""
