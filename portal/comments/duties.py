"""Art. 9 and 12: the duties that go with a consultation. Texts to begin from; the secretariat makes them its own."""

from __future__ import annotations

from portal.kernel.words import N_

RULES = N_(
    "- Each remark makes one point and says where: on a paragraph, on an action, or as a proposal of a new action.\n"
    "- Write for your body, in your office. The remark is published with the name of the body and the office.\n"
    "- Say what you ask for and why. If you propose another wording, write it in full.\n"
    "- Do not write personal data of other people, insults, or advertising: such remarks are not admitted.\n"
    "- A remark that is not admitted keeps its number, and its author is told why and can answer.\n"
    "- Every admitted remark receives a reasoned answer, which is published."
)
NOTICE = N_(
    "The metropolitan city processes the data of those who write (name, office, address of electronic mail) to run "
    "this consultation, as the Statute and the law on local bodies require. Published are the body, the office and "
    "the text; never the address. Acts done for a body belong to the record of the procedure and are kept with it. "
    "Who has written can ask to see, correct or, as far as the record allows, erase their own data: the page "
    "on privacy says how and to whom."
)
