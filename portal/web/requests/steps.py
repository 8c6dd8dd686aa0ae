"""The path of an opinion of the Forum: what was done, where it is now, what comes next, with articles and days."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext

from portal.opinions.requests import queries
from portal.opinions.requests.rules import Step as Taken
from portal.web.pages import day, instant
from portal.web.path import Step
from portal.web.requests.blueprint import Shown, rooms

_ENDS = {Taken.ADOPTED, Taken.NOT_ADOPTED, Taken.NO_QUORUM}


def steps(shown: Shown) -> list[Step]:
    """From the Council's act to its answers."""
    places = {name: room.url for name, room in rooms(shown.row.number).items()}
    found = [_asked(shown), *_work(shown, places), _vote(shown, places), _dissent(shown, places)]
    _break_in(found, _instruction(shown))
    if shown.certificate or (shown.stands.expired and not shown.opinion):
        found.append(_certificate(shown))
    found += [_document(shown), _sent(shown), _answers(shown)]
    return _stopped(found) if shown.withdrawal else found


def _asked(shown: Shown) -> Step:
    row = shown.row
    said = gettext("Act n. %(number)s of %(day)s, on version %(version)s of the plan (Statute art. 32 c.1).") % {
        "number": row.act_number,
        "day": day(row.act_date),
        "version": row.version_number,
    }
    return Step(gettext("The Council asks for the opinion"), "done", "", "", said, row.received_at)


def _instruction(shown: Shown) -> list[Step]:
    found = shown.interruption
    if found is None:
        return []
    title = gettext("The term is interrupted, once (law 241/1990 art. 16 c.4)")
    if found.answered_at is None:
        said = gettext("The Forum asked the Council for facts and waits for them.")
        return [Step(title, "current", "", "", said, found.asked_at)]
    said = gettext("The facts arrived on %(at)s: the term began again.") % {"at": instant(found.answered_at)}
    return [Step(title, "done", "", "", said, found.asked_at)]


def _break_in(found: list[Step], steps: list[Step]) -> None:
    """The interruption stands where it came: after all that had begun before it."""
    for one in steps:
        before = [n for n, step in enumerate(found, 1) if step.at and one.at and step.at <= one.at]
        found[max(before, default=1) : max(before, default=1)] = [one]


def _work(shown: Shown, places: dict[str, str]) -> list[Step]:
    """Tables and statements, draft, amendments, frozen text."""
    lines = (
        (
            gettext("Tables and statements"),
            (Taken.TABLES_OPENED, Taken.TABLES_CLOSED),
            gettext("Members discuss by theme, and weigh short statements."),
            "deliberation.tables",
        ),
        (
            gettext("The rapporteur writes the text"),
            (Taken.DRAFTING_BEGUN, Taken.AMENDMENTS_OPENED),
            gettext("Every remark names what it rests on."),
            "amending.text",
        ),
        (
            gettext("Amendments"),
            (Taken.AMENDMENTS_OPENED, Taken.TEXT_FROZEN),
            gettext("Organisations ask for changes of the text, with others who sign."),
            "amending.index",
        ),
        (
            gettext("The text is frozen"),
            (Taken.TEXT_FROZEN, Taken.TEXT_FROZEN),
            gettext("With its fingerprint: only votes on amendments change it now."),
            "amending.text",
        ),
    )
    return [_line(shown, title, span, said, places[room]) for title, span, said, room in lines]


def _line(shown: Shown, title: str, span: tuple[Taken, Taken], said: str, url: str) -> Step:
    """One phase: done once the step that ends it was taken, or any that comes after it."""
    taken, (opens, closes) = shown.stands.steps, span
    order = list(Taken)
    later = max(order.index(closes), order.index(Taken.TEXT_FROZEN))  # discussion and draft may overlap until then
    past = closes in taken or any(order.index(step) >= later for step in taken)
    begun = taken.get(opens)
    if past and (begun or closes in taken):
        return Step(title, "done", "", "", said, begun or taken[closes], url)
    if past:
        return Step(title, "stopped", "", "", gettext("This step was not taken."))
    if begun and shown.stands.is_running:
        return Step(title, "current", "", "", said, begun, url)
    return Step(title, "stopped" if begun else "todo", "", "", said, begun, url if begun else "")


def _vote(shown: Shown, places: dict[str, str]) -> Step:
    taken, title, url = shown.stands.steps, gettext("The Forum votes"), places["adoption.votes"]
    if at := taken.get(Taken.ADOPTED):
        return Step(gettext("The Forum adopts the opinion"), "done", "", "", "", at, url)
    if at := taken.get(Taken.NOT_ADOPTED):
        said = gettext("The text was not adopted: the votes against were as many as those in favour, or more.")
        return Step(title, "stopped", "", "", said, at, url)
    if at := taken.get(Taken.NO_QUORUM):
        said = gettext("Too few organisations took part: the vote is repeated on second call.")
        return Step(title, "current", "", "", said, at, url)
    said = gettext("One organisation, one vote; abstentions count for the legal number alone.")
    ready = Taken.TEXT_FROZEN in taken and shown.stands.is_running
    return Step(title, "current" if ready else "todo", "", "", said, None, url if ready else "")


def _dissent(shown: Shown, places: dict[str, str]) -> Step:
    taken, title = shown.stands.steps, gettext("Notes of dissent")
    said = gettext("Who did not agree writes why; a note that a fifth of the votes cast sign is a minority opinion.")
    adopted, closed = taken.get(Taken.ADOPTED), taken.get(Taken.DISSENT_CLOSED)
    url = places["adoption.dissent"] if adopted else ""
    if adopted and (closed or shown.opinion):
        return Step(title, "done", "", "", said, closed, url)
    return Step(title, "current" if adopted else "todo", "", "", said, None, url)


def _certificate(shown: Shown) -> Step:
    title = gettext("The term is over (law 241/1990 art. 16 c.2)")
    if shown.certificate is None:
        return Step(title, "current", "", "", gettext("The certificate is drawn up within minutes."))
    url = url_for("requests.document", number=shown.row.number, which=shown.certificate.number)
    said = gettext("Certified: the Council may go on. An opinion that comes later is published as late.")
    return Step(title, "done", "", "", said, shown.certificate.drawn_at, url)


def _document(shown: Shown) -> Step:
    title, found = gettext("The opinion is drawn up"), shown.opinion
    if found is None:
        ready = Taken.ADOPTED in shown.stands.steps and shown.stands.is_running
        return Step(title, "current" if ready else "todo", "", "")
    url = url_for("requests.document", number=shown.row.number, which=found.number)
    return Step(title, "done", "", "", "", found.drawn_at, url)


def _sent(shown: Shown) -> Step:
    title, found = gettext("It is transmitted to the Council"), shown.opinion
    if found is None or found.transmitted_at is None:
        return Step(title, "current" if found else "todo", "", "")
    said = gettext("%(to)s, register n. %(number)s") % {"to": found.transmitted_to, "number": found.register_number}
    late = gettext("late") if found.late else ""
    return Step(title, "done", "", "", " · ".join(part for part in (said, late) if part), found.transmitted_at)


def _answers(shown: Shown) -> Step:
    title, number = gettext("The Council answers every remark"), shown.row.number
    if shown.stands.transmitted_at is None:
        return Step(title, "todo", "", "")
    remarks, answers = queries.remarks(number), queries.answers(number)
    if not remarks:
        return Step(title, "done", "", "", gettext("The opinion has no remarks to answer."))
    said = ngettext(
        "%(num)s answer of %(all)s remarks.", "%(num)s answers of %(all)s remarks.", len(answers), all=len(remarks)
    )
    last: datetime | None = max((one.answered_at for one in answers.values()), default=None)
    state = "done" if len(answers) >= len(remarks) else "current"
    return Step(title, state, "", "", said, last, url_for("requests.answers", number=number))


def _stopped(found: list[Step]) -> list[Step]:
    """After a withdrawal nothing is under way or to come."""
    return [one for one in found if one.state == "done"] + [
        Step(gettext("The Council took the request back"), "stopped", "", "", "")
    ]
