"""Structured remarks on a plan version: consultation, submission, comment, admission.

Statute art. 9, 12, 13, 31, 32 c.7. A *consultation* opens a published version to remarks from one instant to another,
with rules of behaviour, a privacy notice, a population snapshot and admission before or after publication. A
*submission* is one act of one body with one receipt; it holds one or more *comments* (osservazioni), each one point
on a paragraph, an action, a section or the plan. Comment: draft -> submitted -> admitted | not_admitted, aside
withdrawn; *late* is a fact. Officers draft and submit for signature, signatories sign and send, the secretariat
decides on admission, asks the author, hides passages (their original is *sealed* beside, see `sealing`) and keeps a
*term* in working days; hiding what an institution said takes two persons. The receipt's hash commits to every word,
to the exact wording commented on and to every file attached. A *registration* is a letter that came by another
way: the secretariat splits it into passages, every word of which belongs to a remark or asks for nothing, and registers
it as a submission on behalf of its body. What is hidden is decided in one place (`rules.visible_states`, as SQL in
`visibility`) for every door; figures are kept in rows by `tally`.
"""
