"""What is new for a reader: the remarks of others on the actions their body has spoken of, and the answers to them.

Statute art. 12-13. A *news item* is one thing that became public and concerns one reader; it holds ids alone. Items
leave in one *digest* a day, or at once, or not at all, as the reader chooses; what the law owes to a reader (receipt,
decision, question, answer, deadlines) is never news and always sent. The words of a digest are read when it is sent or
opened, under the rule of what is public: what was hidden in the meantime is in none.
"""
