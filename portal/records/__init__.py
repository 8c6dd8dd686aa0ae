"""Read-only compositions of everything: today the export of remarks, as CSV and JSON.

Statute art. 9 and 12. Two *profiles*: `public` holds what anybody may read, `reserved` what the office that asks may
read, with decisions, officers and wordings. Rows are streamed; nothing grows with their number. Nothing here writes but
the line of the journal that says who took a reserved file.
"""
