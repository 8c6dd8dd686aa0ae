"""Append-only memory: one hash chain a stream, written in the same transaction as the change it tells of.

A stream (`plan:1`, `consultation:3`) numbers its entries without gaps. An entry holds ids, codes, instants and salted
hashes of texts, so that erasing a text leaves the chain whole. The journal is audit log, feed,
and the source of mail and minutes.
"""
