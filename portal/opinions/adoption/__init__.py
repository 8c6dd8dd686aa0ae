"""Votes of the Forum on amendments and on its text, and the notes of those who dissent.

Statute art. 6, 14, 32 c.1. Once the text is frozen, the amendments that are left are put to the vote in their order,
then the final text, whose kind is part of it, under the rule set of the Forum: a legal number of those present, which
is lower in the second call, and more in favour than against. A vote is taken in a plenary sitting, seat by seat, or
over some days without one, where present means: answered. The roll is fixed when the vote is prepared: bodies and
their families; delegate and substitute when it is opened. A body suspended afterwards stays in the base and does not
answer. Results are known to nobody until the closing.

A *vote* is one poll about one amendment or about the final text; those over the same days are one *round*. What was
proclaimed is *carried over* into the text and the steps of the request, by the verb or by the worker, once. A vote
without its legal number is taken again in the second call; one that was annulled is taken again for its reason.

For some hours after the final text is passed any organisation on the roll writes a *note of dissent*, others sign it
with it; then all notes are sealed as they are. One signed by a fifth of the votes cast is the *minority opinion*.

Verbs: `put_to_vote`, `conduct` (open, close, proclaim, annul), `carry_over`, `cast_votes`, `write_dissent`,
`seal_dissent`. Reading: `queries`, `results`, `notes`, `content`. The Forum's secretariat conducts, delegates and
substitutes vote and dissent, everybody reads what is closed.
"""
