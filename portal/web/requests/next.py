"""What comes next in the work on an opinion, who does it, and on which page (art. 14, 32 c.1)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from portal.opinions.requests.rules import Stage, Step
from portal.web.requests.blueprint import Shown


@dataclass(frozen=True)
class Next:
    """One act: `link` names its page, where it is done on another one than that of the request."""

    who: str
    text: str
    url: str = ""
    link: str = ""


def next_act(shown: Shown) -> Next | None:
    """Nothing once the Council has answered, or has taken its request back."""
    stands, number = shown.stands, shown.row.number
    if stands.withdrawn or stands.stage is Stage.ANSWERED:
        return None
    if stands.stage is Stage.TRANSMITTED:
        text = gettext("It answers each remark, in public and with a reason.")
        return Next(gettext("The Council"), text, url_for("requests.answers", number=number), gettext("Remarks"))
    forum = gettext("The secretariat of the Forum")
    if stands.suspended:
        return Next(
            forum, gettext("It waits for what was asked of the Council, and registers it here when it arrives.")
        )
    if stands.expired and stands.stage is Stage.REQUESTED:
        return Next(
            forum, gettext("Nothing is due any more. If the Forum still gives its opinion, it is published as late.")
        )
    if shown.opinion:
        return Next(forum, gettext("It sends the document to the Council and writes down the register number."))
    return _in_the_forum(stands.stage, set(stands.steps), number, forum)


def _in_the_forum(stage: Stage, steps: set[Step], number: int, forum: str) -> Next:
    if stage is Stage.ADOPTED and Step.DISSENT_CLOSED in steps:
        return Next(forum, gettext("It draws the opinion up, below."))
    who, said, endpoint, link = _acts(forum)[stage]
    return Next(who, said, url_for(endpoint, number=number) if endpoint else "", link)


def _acts(forum: str) -> dict[Stage, tuple[str, str, str, str]]:
    """For each stage who acts, what is done, on which page."""
    writers, text, votes = gettext("Rapporteur and secretariat"), gettext("Text"), gettext("Votes")
    begins = gettext("It opens the discussion with its tables, and names the rapporteur.")
    names = gettext("It names the rapporteur; members discuss, and weigh statements until the hour that was set.")
    decide = gettext("They decide on each amendment; then the text is frozen.")
    puts = gettext("It puts the amendments that are left to the vote, then the whole text.")
    notes = gettext("They write and sign notes of dissent; then the secretariat draws the opinion up.")
    over = gettext("Nothing more: when the term is over, the certificate is drawn up.")
    return {
        Stage.REQUESTED: (forum, begins, "deliberation.desk", gettext("Discussion")),
        Stage.IN_TABLES: (forum, names, "amending.text", text),
        Stage.DRAFTING: (writers, gettext("They write the text, then open it to amendments."), "amending.text", text),
        Stage.AMENDMENTS: (writers, decide, "amending.index", gettext("Amendments")),
        Stage.TEXT_FROZEN: (forum, puts, "adoption.manage", votes),
        Stage.VOTED: (forum, puts, "adoption.manage", votes),
        Stage.NO_QUORUM: (
            forum,
            gettext("It puts the text to the vote again, on second call."),
            "adoption.manage",
            votes,
        ),
        Stage.NOT_ADOPTED: (forum, over, "", ""),
        Stage.ADOPTED: (gettext("The organisations"), notes, "adoption.dissent", gettext("Dissent")),
    }
