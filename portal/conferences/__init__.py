"""Conferences and sittings, up to their first call: who is called, to what, with which papers, and who comes.

Statute art. 32 c.7 (programming conferences for Comuni and Unioni: consultative, without a legal number or a vote), and
on the same ground the sittings of the mayors' conference (art. 28-30), of the Forum, of the Council and of co-planning
tables. A *conference* is a process with one or more *sittings*; a sitting has up to three *calls* in one *notice*. Each
kind of body sits by a dated *rule set*: days of notice, days for papers, who sits, who may be sent, speaking times,
legal number, visibility; they are data with a history, and the notice freezes the version in force on its day.

A sitting is `planned` until its notice is sent, then `convened`, aside `cancelled`. A *notice* never changes: its whole
content is frozen and fingerprinted; what comes later is an *addendum* with its own term, or a cancellation. The
*dispatch log* says for each addressee what became of the letter, and keeps the receipts of certified mail.

The *seats* of a sitting are fixed when the notice is sent: bodies that are entitled, bodies that are invited. For each
seat one person is *accredited*: proposed by the body (confirmed, or delegated for this very sitting), granted by the
secretariat, which says how the person was identified; then a personal one-time address and a badge. One seat holds one
living accreditation; a hand-over ends one and begins another. A fifth of the mayors may *request* a sitting (art. 29).

The secretariat, the secretary general and the council clerk plan, convene and grant; whoever signs for a body confirms
or delegates; the secretary general writes the rule sets; the auditor reads.
"""
