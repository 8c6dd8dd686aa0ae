"""The live door: what has just happened, told over sockets to those who look at it. The only package that emits.

A verb writes to the journal and knows nothing of sockets. The *relay* reads what was committed, whoever made the
change (page, console, worker), and tells the *rooms*, one a stream; what is not for everybody goes to rooms of its
own. A *head* a few seconds apart says how far each stream has come: who notices that something is missing asks for it,
over the socket or over HTTP, and who has no socket asks every half minute. Nothing is ever only on a socket.

Votes are cast over sockets too (`voting`), by the verb and with the receipt of the form; ballots are no entries, so how
many have answered is told by `turnout`.

Rights are read anew at every event; sockets that hear more than the public are looked at every few seconds and closed
when their right has ended. docs/live-protocol.md describes what travels.
"""
