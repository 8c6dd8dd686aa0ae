"""What everybody reads: what the Forum is, its members by family, one organisation, the rules it works by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import render_template, request, url_for

from portal.conferences import queries as sittings
from portal.conferences.hall.of_body import sittings_of
from portal.conferences.queries import SittingRow
from portal.conferences.rules import Organ
from portal.forum import queries, register_queries, settings
from portal.forum.queries import ForumRow
from portal.forum.register_queries import HolderRow, MemberRow
from portal.forum.rules import ForumKey
from portal.kernel.clock import local_day
from portal.kernel.offices import ForumCategory
from portal.kernel.permissions import Permission
from portal.opinions.requests import queries as requests
from portal.opinions.requests.standing import standing
from portal.voting.of_body import votes_of
from portal.voting.rules import FORUMS
from portal.web.cache import public_page
from portal.web.door import access, current_actor, now
from portal.web.forum.blueprint import bp, chosen

ORGANS = {ForumKey.METROPOLITAN: Organ.FORUM, ForumKey.YOUTH: Organ.YOUTH_FORUM}
SHOWN = 3


@dataclass(frozen=True)
class Share:
    """A family with its members, and the address of their list."""

    category: ForumCategory
    members: int
    url: str


@bp.get("/forum")
@access(Permission.PUBLIC_READ)
@public_page
def index() -> str:
    """What the Forum is, who is in it, what it was asked, when it meets."""
    today = local_day(now())
    forums = queries.forums()
    main = next((one for one in forums if one.key is ForumKey.METROPOLITAN), None)
    young = next((one for one in forums if one.key is ForumKey.YOUTH), None)
    rows = register_queries.members(main.id, today) if main else []
    asked = [(row, standing(row.id, now())) for row in requests.requests()]
    asked.sort(key=lambda pair: not pair[1].is_running)  # those that can still change, then what is behind us
    return render_template(
        "forum/index.html",
        main=main,
        total=len(rows),
        seats=sum(1 for row in rows if not row.suspended),
        shares=shares(rows, url_for(".organisations")),
        young=len(register_queries.members(young.id, today)) if young else 0,
        rules=settings.of(main.id, today) if main else None,
        sittings=_ahead(),
        requests=asked[:SHOWN],
    )


def _ahead() -> list[SittingRow]:
    rows = [row for row in sittings.sittings(current_actor()) if row.organ in ORGANS.values()]
    return sorted((row for row in rows if row.starts_at and row.starts_at >= now()), key=lambda row: row.starts_at)


def shares(rows: Iterable[MemberRow], address: str) -> list[Share]:
    """Every family with its number, in the order of the Statute."""
    counts: Mapping[ForumCategory, int] = register_queries.by_category(rows)
    joint = "&" if "?" in address else "?"
    return [Share(one, counts[one], f"{address}{joint}famiglia={one.value}") for one in ForumCategory]


@bp.get("/forum/organizzazioni")
@access(Permission.PUBLIC_READ)
def organisations() -> str:
    """The members of today, by family and by name."""
    forum, today = chosen(), local_day(now())
    rows = register_queries.members(forum.id, today)
    family, text = request.args.get("famiglia", ""), request.args.get("q", "").strip()[:100]
    found = [row for row in rows if family in ("", row.category.value) and text.casefold() in row.name.casefold()]
    return render_template(
        "forum/organisations.html",
        forum=forum,
        forums=queries.forums(),
        total=len(rows),
        rows=found,
        groups=[(one, [row for row in found if row.category is one]) for one in ForumCategory],
        shares=shares(rows, url_for(".organisations", forum=request.args.get("forum"))),
        family=family,
        text=text,
        rules=settings.of(forum.id, today),
    )


@bp.get("/forum/organizzazioni/<key>")
@access(Permission.PUBLIC_READ)
def organisation(key: str) -> str:
    """One organisation: family, admission, who speaks for it by office, how it voted."""
    row = register_queries.organisation(key)
    today = local_day(now())
    found = register_queries.memberships(row.body_id)
    names_public = any(settings.of(one.forum_id, today).names_public for one in found)
    people = [one for one in register_queries.holders([row.body_id], now()).get(row.body_id, []) if _is_in(one)]
    votes = votes_of(row.body_id, FORUMS)
    return render_template(
        "forum/organisation.html",
        row=row,
        today=today,
        memberships=[(one, queries.forum(one.forum_id), one.standing(today)) for one in found],
        people=people,
        names_public=names_public,
        votes=votes,
        answered=sum(1 for one in votes if one.choice),
        attended=sittings_of(row.body_id, ORGANS.values()),
    )


def _is_in(one: HolderRow) -> bool:
    return one.starts_on <= local_day(now())


@bp.get("/forum/regole")
@access(Permission.PUBLIC_READ)
def rules() -> str:
    """The terms and measures a Forum works by today, and how they came to be."""
    forum: ForumRow = chosen()
    return render_template(
        "forum/rules.html",
        forum=forum,
        forums=queries.forums(),
        holding=settings.holding(forum.id, local_day(now())),
        history=settings.history(forum.id),
        today=local_day(now()),
    )
