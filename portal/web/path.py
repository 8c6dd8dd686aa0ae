"""The path of the plan, step by step with its articles, derived from what has happened so far and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext

from portal.comments.consultation_queries import Edition, Shelf
from portal.comments.rules import CommentState, Phase
from portal.conferences.rules import Organ
from portal.opinions import queries as opinions
from portal.opinions.requests import queries as requests
from portal.opinions.requests.rows import ForumRequest
from portal.opinions.requests.standing import standing as forum_standing
from portal.opinions.rules import Stage
from portal.opinions.standing import standing
from portal.plan.rules import VersionState
from portal.web import editions
from portal.web.door import now, translate
from portal.web.figures import Counted
from portal.web.labels import label


@dataclass(frozen=True)
class Step:
    """One step: done, current, todo or stopped; who acts, by which article, what is missing."""

    title: str
    state: str
    article: str
    who: str
    text: str = ""
    at: datetime | None = None
    url: str = ""


def steps(main: Edition | None, shelf: Shelf, counted: Counted | None) -> list[Step]:
    """The whole path of the plan in hand."""
    phase = main.phase(now()) if main else None
    return [
        _draft(main),
        _consultation(main, phase),
        _answers(main, phase, counted),
        _new_text(main, shelf, counted),
        *_forum(main),
        _opinion(main),
        Step(
            gettext("Approval by the Council"),
            "todo",
            gettext("Statute art. 31 c.5-6"),
            gettext("Metropolitan Council"),
            gettext("Where the Council departs from an opinion it states the reasons."),
        ),
        Step(
            gettext("Yearly update"),
            "todo",
            gettext("Statute art. 32 c.6"),
            gettext("Metropolitan Council, drafting office"),
            gettext("What was done is compared with what was planned, and the plan goes on for another year."),
        ),
    ]


def _draft(main: Edition | None) -> Step:
    who, article = gettext("Drafting office"), gettext("Statute art. 31 and 32 c.1-5")
    if main is None:
        missing = gettext("The draft is being written; it will be published here.")
        return Step(gettext("Draft of the plan"), "current", article, who, missing)
    text = gettext("Version %(number)s is published.", number=main.number)
    url = url_for("plan.plan", **editions.address(main))
    return Step(gettext("Draft of the plan"), "done", article, who, text, main.published_at, url)


def _consultation(main: Edition | None, phase: Phase | None) -> Step:
    title, who = gettext("Consultation"), gettext("Comuni, Unioni, organisations of the Forum")
    article = gettext("Statute art. 9, 12 and 32 c.7")
    if main is None or main.deadline_at is None:
        return Step(title, "todo", article, who, gettext("The secretariat opens it on the published draft."))
    url = url_for("consultations.consultation", **editions.address(main))
    state = {Phase.SCHEDULED: "todo", Phase.OPEN: "current"}.get(phase or Phase.OPEN, "done")
    words = {
        Phase.SCHEDULED: gettext("It opens at the hour given on its page."),
        Phase.OPEN: gettext("Open: remarks are received until the deadline."),
        Phase.CLOSED: gettext("Closed. What still arrives is received as late."),
        Phase.CONCLUDED: gettext("Concluded: the closing report is public."),
    }[phase or Phase.OPEN]
    return Step(title, state, article, who, words, main.opens_at if state == "todo" else main.deadline_at, url)


def _answers(main: Edition | None, phase: Phase | None, counted: Counted | None) -> Step:
    title, who = gettext("Answers to the remarks"), gettext("Drafting office")
    article = gettext("Statute art. 13 and 32 c.7")
    if main is None or counted is None or phase in {None, Phase.SCHEDULED}:
        return Step(title, "todo", article, who, gettext("Every admitted remark receives a reasoned answer."))
    admitted = counted.figures.by_state.get(CommentState.ADMITTED, 0)
    text = ngettext(
        "%(num)s answer published, of %(all)s admitted remarks.",
        "%(num)s answers published, of %(all)s admitted remarks.",
        counted.answered,
        all=admitted,
    )
    waiting = counted.answered < admitted or phase in {Phase.OPEN, Phase.CLOSED}
    started = counted.answered or phase is not Phase.OPEN
    state = ("current" if started else "todo") if waiting else "done"
    return Step(title, state, article, who, text, url=url_for("comments.index"))


def _opinion(main: Edition | None) -> Step:
    title, article = gettext("Opinion of the Conferenza"), gettext("Statute art. 30 and 32 c.1")
    who = gettext("The mayors")
    asked = opinions.of_version(main.version_id) if main else None
    if asked is None:
        text = gettext("The Conferenza votes by Comuni and by residents; its opinion is attached to the act.")
        return Step(title, "todo", article, who, text, url=url_for("opinions.index"))
    stage = standing(asked.number, now()).stage
    state = "done" if stage is Stage.TRANSMITTED else "current"
    return Step(title, state, article, who, label(stage).text, url=url_for("opinions.opinion", number=asked.number))


def _forum(main: Edition | None) -> list[Step]:
    """What the Forum was asked on this version; what it has not been asked yet, once."""
    title, article = gettext("Opinion of the Forum"), gettext("Statute art. 14 and 32 c.1, law 241/1990 art. 16")
    who = gettext("The organisations of the Forum")
    asked = requests.of_version(main.version_id) if main else []
    if not asked:
        text = gettext("The Forum has twenty days; when they are over the Council may go on without its opinion.")
        return [Step(title, "todo", article, who, text, url=url_for("requests.index"))]
    young = gettext("Opinion of the forum of the young")
    return [_of_forum(row, young if row.organ is Organ.YOUTH_FORUM else title, article, who) for row in asked]


def _of_forum(row: ForumRequest, title: str, article: str, who: str) -> Step:
    """Done once nothing keeps the Council from going on: transmitted, or certified that the term ran out."""
    stands = forum_standing(row.id, now())
    said = [label(stands.shown).text, *(translate(one.words) for one in stands.reasons)]
    if stands.expired and not stands.reasons:
        said.append(gettext("The Council may go on."))
    if stands.late and stands.transmitted_at:
        said.append(gettext("It came late and is published all the same."))
    state = "current" if stands.reasons else "stopped" if stands.withdrawn else "done"
    url = url_for("requests.opinion", number=row.id)
    return Step(title, state, article, who, " · ".join(said), stands.transmitted_at, url)


def _new_text(main: Edition | None, shelf: Shelf, counted: Counted | None) -> Step:
    title, who = gettext("New text of the plan"), gettext("Drafting office")
    article = gettext("Statute art. 32 c.1-5")
    concluded = [
        e
        for e in shelf.editions
        if main and e.plan_id == main.plan_id and e.number < main.number and e.deadline_at and e.deadline_at < now()
    ]
    if main and concluded and main.state is VersionState.PUBLISHED:
        text = gettext(
            "Version %(number)s came after the consultation on version %(old)s.",
            number=main.number,
            old=concluded[0].number,
        )
        return Step(title, "done", article, who, text, main.published_at, url_for("plan.plans"))
    answered = counted is not None and counted.answered > 0
    text = gettext("The answers decide which sentences change; the new version keeps every address.")
    return Step(title, "current" if answered and not (main and main.is_open(now())) else "todo", article, who, text)
