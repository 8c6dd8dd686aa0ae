"""Opinions that the Council must acquire before it approves the plan: those of the Conferenza of the mayors.

Statute art. 30 (c.1-3 request, c.4 reasons, c.5 thresholds, c.6 repetition), 32 c.1.

A *request* is registered by the council clerk from the Council's act, on a published version whose fingerprint is kept.
A *text* (favourable, favourable with numbered remarks, contrary) is written, frozen, and put to the vote in a *sitting*
of the mayors that is tied to the request. The first sitting fixes bodies and residents. A sitting in which the text
does not pass, or that is deserted, is day 0: two further sittings are to be held within thirty days, each call of a
notice being a sitting. Reached, the opinion is *rendered* with its document; after the third sitting it is *not
rendered*, and a certificate says so. Either is *transmitted* to the Council. Anything else keeps the Council from
going on (`rules.blocked`), unless two persons, one of them the secretary general, set it aside for a public reason.

Stages are derived from what happened (`rules.course`, `rules.stage`), never stored. Verbs: `register`, `write_text`,
`write_remark`, `tie_sitting`, `put_to_vote`, `note_dissent`, `draw_up`, `transmit`, `override`. Reading: `queries`,
`document`. The secretariat, the secretary general and the council clerk act; everybody reads.
"""
