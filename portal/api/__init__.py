"""Open data for programs under /api/v1: what anybody may read, as JSON, never more, whoever asks.

A door like the pages: it reads through the same queries, with the eyes of a visitor. Lists go on by key, answers carry
an ETag, refusals are problem details (RFC 9457). Each operation says what it takes and gives; `document` makes of this
the OpenAPI description, and the tests hold every answer against it.
"""
