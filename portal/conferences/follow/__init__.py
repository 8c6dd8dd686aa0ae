"""Following a sitting from one's own seat: what a delegate needs on a telephone, and what is missing if one cannot.

Whoever holds a granted accreditation under a mandate in force takes part for a seat. Everybody else who has signed in
is told what is missing: nobody has named them, the secretariat has not decided, the seat went to somebody else, the
mandate ended.
"""
