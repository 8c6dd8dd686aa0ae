"""How the Forum comes to the text of its opinion: a draft by the rapporteur, amendments of the organisations.

Statute art. 14, 32 c.1.

A *text* has a preamble, numbered *remarks* (each with what it is about, what is asked, why, and its *sources*) and a
conclusion; its kind (favourable, favourable with remarks, contrary) is part of it. The *rapporteur*, a person named on
the request, writes it together with the secretariat: every *wording* is kept, and what two hands write at once is
joined or shown side by side. When the text is opened to *amendments* it is the base that everybody reads; from then on
it changes through amendments alone. An organisation proposes one on a section, others sign it, and those that enough
have signed are *disposed of*: accepted by the rapporteur (the text changes at once, and what waits is carried over),
to be voted, or inadmissible for a reason. Then text and list are *frozen* with a fingerprint. Each vote is *settled*:
what passes is put into the text, what it makes impossible lapses with the reason. The *final* text has its fingerprint.

amendment: proposed -> accepted | to_vote | inadmissible; to_vote -> passed | rejected | lapsed; aside withdrawn.
The rapporteur, the secretariat and the forum secretary write; delegates and substitutes of organisations propose and
sign; members and staff read the draft, everybody what is open to amendments.
"""
