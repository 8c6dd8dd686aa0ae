"""Bodies: who takes part, with the residents they stand for."""

from __future__ import annotations

from portal.api import parameters as given
from portal.api import shapes
from portal.api.door import Described, Page, Values, cut, link, operation
from portal.api.parameters import Choice
from portal.kernel.offices import BodyKind
from portal.kernel.words import N_
from portal.territory import queries
from portal.territory.queries import BodyPage, BodyRow

GROUP = N_("Bodies")
_KIND = Choice("kind", N_("Only bodies of this kind."), among=tuple(BodyKind))


@operation(
    "/bodies",
    N_("The bodies that take part, by key."),
    Described(shapes.listed("Body"), GROUP, (given.LIMIT, given.AFTER, _KIND)),
)
def bodies(limit: int, after: str | None, kind: BodyKind | None) -> Page:
    """From after a key on."""
    rows = sorted(queries.bodies(*([kind] if kind else [])), key=lambda row: row.key)
    later = [row for row in rows if after is None or row.key > after]
    return cut([_body(row) for row in later[: limit + 1]], limit, lambda body: body["key"])


@operation(
    "/bodies/{key}",
    N_("One body with its ties and its residents in every snapshot."),
    Described(shapes.named("WholeBody"), GROUP, in_path=(given.KEY,)),
)
def body(key: str) -> Values:
    """Everything the register says of it."""
    found = queries.body(key)
    ties = queries.ties_of(found.id)
    return {
        **_body(found),
        "istat_code": found.istat_code,
        "cadastral_code": found.cadastral_code,
        "ipa_code": found.ipa_code,
        "area_km2": found.area_km2,
        "ties": [
            {"key": t.key, "name": t.name, "kind": t.kind, "starts_on": t.starts_on, "ends_on": t.ends_on} for t in ties
        ],
        "residents": [
            {"number": number, "date": snapshot.reference_date, "source": snapshot.source}
            for snapshot, number in queries.populations_of_body(found.id, ties)
        ],
    }


def _body(row: BodyRow | BodyPage) -> Values:
    return {
        "key": row.key,
        "name": row.name,
        "kind": row.kind,
        "forum_category": row.forum_category,
        "lat": row.lat,
        "lon": row.lon,
        "ended_on": row.ended_on,
        "url": link("api.body", key=row.key),
        "page": link("territory.body", key=row.key),
    }
