"""The Forum discusses before it writes: thematic tables, and short statements that its members weigh.

Statute art. 14, 32 c.1.

For a request the secretariat opens a *discussion* with its hours (from, until) and *tables* on parts of the plan.
Organisations join tables or are put there; a table has a *coordinator*, *notes* (dated, in versions, public once
approved) and *proposals* (an action or a paragraph, what is asked for, why) that the Forum's text can cite.

A *statement* is one idea in a line, with the label of its origin. It is admitted or refused with a published reason
before it is shown, and is not edited once weighed: it is withdrawn, and another one offered. Members *weigh* each one:
agree, disagree, pass; one answer for an organisation, whoever gave it last, which changes until the discussion ends and
stays hidden from everybody until then. Counted by the six categories of art. 6, small cells merged for the public:
`consensus` holds the formulas, `counting` the one count that page, file and document share. Nothing here decides:
it informs those who write the opinion.

Verbs: `open_up`, `tables`, `notes`, `propose`, `offer`, `moderate`, `weigh`, `close`. Reading: `queries`, `results`,
`annex`. The secretariat of the Forum manages; delegates and substitutes take part; everybody reads.
"""
