"""The opinion of the Forum that the Council must acquire: request, term, documents, answers (Statute art. 32 c.1).

The council clerk registers the Council's act with the instant at which it reached the Forum: from there the *term*
runs (twenty days unless the Forum's settings say otherwise, the last one whole). It is *interrupted* once at most,
for facts that the Council has to give: it begins again when they arrive, with days of its own (law 241/1990 art. 16).
The Council may *withdraw* what it asked. What the Forum does with the request is told by *steps* (tables, draft,
amendments, frozen text, vote): a row each, written by whoever takes the step. From steps, term and documents the
*stage* is derived (`rules.stage`), never stored.

A term that ran out gives a *certificate*, drawn by the secretariat or by itself, and the Council may go on; an opinion
that comes later is kept and published as *late*. An adopted opinion becomes a *document*, is *transmitted* with
addressee and register number, and each of its remarks gets an *answer* of the Council: accepted, partly, not, and why.

Verbs: `register`, `interrupt`, `withdraw`, `certify`, `transmit`, `answer`; the document is put together on a higher
floor. Reading: `queries`, `standing`, `steps`. The clerk, the secretary general, the secretariat and the secretary of
the Forum act; everybody reads.
"""
