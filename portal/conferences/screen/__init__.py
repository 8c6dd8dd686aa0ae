"""What a hall sees, and what everybody sees of a public sitting.

Each hall has a *screen* that shows something (the order of the day, an item, a paragraph, a remark, indications, a
poll, a message) or *follows* the sitting by itself. A screen is read by whoever walks in: nothing is shown that is not
public for everybody, whoever asks for it, and words are read anew each time, so that what is hidden meanwhile
disappears. Bodies and offices are shown, not names. The computer of a hall can be given an address of its own that
needs no sign-in, opens this one screen and can be taken back. *Stage* is what goes on now, for screens and for the
public page: state, items, who speaks until when, who is there.

Those who conduct the sitting (secretariat, secretary general, council clerk, moderator) choose what is shown.
"""
