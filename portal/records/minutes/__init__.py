"""The minutes of a sitting, written from the journal: what happened, in the words of the administration.

Statute art. 49 (the secretary general takes the minutes of the Council and of the Conferenza). `gather` reads the
entries of `sitting:N` and the rows they name into plain facts; `text` makes sections of them. The same entries always
give the same text: nothing in it depends on the day, on the reader or on what was renamed later, as names are kept from
when the minutes are drawn up. What was taken back within its seconds is not told.

Minutes are an act of the city and are written in Italian, in whatever language the pages are read: their sentences
stand here, in `italian`, `sentences`, `table` and `text`, not among the words of the screens. Texts of remarks are
never copied into them, only their numbers: what is hidden later is hidden everywhere.

The object (sections, revisions, signatures, approval, publication) is `conferences.minutes`.
"""
