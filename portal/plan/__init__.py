"""The strategic plan: versions, sections, actions and paragraphs with keys that never change.

Statute art. 31-33 and 32 c.2-6. A *plan* has *versions* (draft -> published -> superseded; a published one is
immutable). A version is a tree of *sections* (direction, axis, sub-axis), each with its own texts and objectives, and
*actions* that belong to one or more sections. Actions and sections are made of *paragraphs*: {key, heading, kind,
plain NFC text}. Keys survive from version to version, so that an address and a remark keep their place. The drafting
team imports; the drafting lead publishes.
"""
