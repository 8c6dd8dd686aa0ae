"""Full text over the plan, the remarks and the published answers, the same on both databases.

Statute art. 9 and 12: what is public can be found. A *document* is one text that can be found: a section, an action, a
paragraph, a remark, an answer. Its words are stemmed once, in Python, when it is stored, without accents and without
the words that say nothing; each *posting* says that a term stands in a document, and how much it counts there. Pairs of
neighbouring words are terms too: by them phrases are found. The index follows the journal after the commit (`follow`)
and can be made anew at any time (`reindex`).

The index decides nothing about who may read: the query asks the one condition of `comments.visibility`, and a text is
shown only if, as it is now, it holds the words that were asked for. Nobody's drafts are in the index.
"""
