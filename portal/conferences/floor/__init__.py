"""The floor: who asks for it, who has it, and for how long.

Requests wait in one queue for the room and for those who are far; kinds have their precedence (a point of order before
all), and an ordering rule that everybody reads says whose turn it is. Each person waits once for each kind. Speaking
times come from the sitting's rule set and are counted by the server's clock, pauses apart: what is stored are instants,
so that nothing is lost when the clocks are put back or a server starts again. How often and how long each body has
spoken is shown.
"""
