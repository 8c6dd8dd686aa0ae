"""The whole of an installation in one archive, and back again, on either database.

An *archive* is a ZIP with one member of JSON lines a table, the attachments under their hashes, and last a *manifest*:
program version, schema revision, rows and SHA-256 of each member, heads of the journal's chains. Nothing is restored
before the whole archive has been read and compared with its manifest, and nothing is kept unless counts, hashes and
chains agree afterwards. Who holds the console may do both.
"""
