"""The door of the API: an operation says what it takes and gives; the door reads, answers, and lets browsers in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, request, url_for

from portal.api.parameters import Parameter
from portal.config import Settings
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.permissions import Permission
from portal.kernel.words import N_

ANYBODY = Actor.anonymous()
ROOT = "/api/v1"
KEPT = "public, no-cache"  # kept, but never shown without asking again: what is hidden is hidden at once
bp = Blueprint("api", __name__, url_prefix=ROOT)

Values = dict[str, Any]
View = Callable[..., Any]


@dataclass(frozen=True)
class Page:
    """A part of a list, and the key after which it goes on."""

    items: list[Values]
    next_key: str | int | None = None


@dataclass(frozen=True)
class Operation:
    """One address of the API as its description tells it."""

    name: str
    path: str
    summary: str
    gives: Values  # JSON Schema of the answer
    takes: tuple[Parameter, ...] = ()
    in_path: tuple[Parameter, ...] = ()
    group: str = ""


OPERATIONS: list[Operation] = []


@dataclass
class Described:
    """What `operation` takes by name."""

    gives: Values
    group: str
    takes: tuple[Parameter, ...] = ()
    in_path: tuple[Parameter, ...] = field(default_factory=tuple)


def operation(path: str, summary: str, described: Described) -> Callable[[View], View]:
    """Register a view under an address such as `/plans/{slug}`; it gets its parameters by name, read and checked."""

    def register(view: View) -> View:
        known = {parameter.name: parameter for parameter in described.in_path}
        rule = path
        for name, parameter in known.items():
            rule = rule.replace(f"{{{name}}}", f"<{parameter.converter}{name}>")

        @wraps(view)
        def answered(**in_path: Any) -> Response:
            return answer(view(**in_path, **_read(described.takes)))

        answered.access = Permission.PUBLIC_READ  # type: ignore[attr-defined]
        bp.add_url_rule(rule, view.__name__, answered, methods=["GET"])
        facts = (described.gives, described.takes, described.in_path, described.group)
        OPERATIONS.append(Operation(view.__name__, path, summary, *facts))
        return view

    return register


def _read(takes: tuple[Parameter, ...]) -> Values:
    known = {parameter.name for parameter in takes}
    if strange := sorted(set(request.args) - known):
        raise Invalid(N_("There is no parameter “%(name)s” here."), code="unknown_parameter", name=strange[0][:60])
    found = {}
    for parameter in takes:
        given = request.args.getlist(parameter.name)
        if len(given) > 1:
            raise Invalid(N_("The parameter “%(name)s” is given twice."), code="repeated", name=parameter.name)
        found[parameter.name] = parameter.read(given[0] if given else None)
    return found


def answer(found: Values | Page) -> Response:
    """The values as JSON, with the ETag of what they say; 304 to whoever has them already."""
    values = _paged(found) if isinstance(found, Page) else found
    body = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()
    response = Response(body, mimetype="application/json")
    if isinstance(found, Page) and values["next"]:
        response.headers["Link"] = f'<{values["next"]}>; rel="next"'
    response.headers["Cache-Control"] = KEPT
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _paged(page: Page) -> Values:
    address = None
    if page.next_key is not None:
        asked = {**request.view_args, **request.args.to_dict()} if request.view_args else request.args.to_dict()
        address = link(str(request.endpoint), **(asked | {"after": page.next_key}))
    return {"items": page.items, "next": address}


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(type(value).__name__)


def link(endpoint: str, **values: Any) -> str:
    """The whole address of a page or an operation, as the world knows this portal."""
    settings: Settings = current_app.extensions["settings"]
    return settings.public_url + url_for(endpoint, **values)


def cut(items: list[Values], limit: int, key: Callable[[Values], str | int]) -> Page:
    """A page of at most so many of some items read with one more than that."""
    shown = items[:limit]
    return Page(shown, key(shown[-1]) if len(items) > limit else None)


def is_demonstration() -> bool:
    """True if what this portal holds is invented."""
    settings: Settings = current_app.extensions["settings"]
    return settings.demo


@bp.after_request
def opened(response: Response) -> Response:
    """Any page may read public data; nobody's cookie goes along."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
