"""Numbers and words in addresses: what no table can hold names nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, Map
from werkzeug.utils import cached_property

MOST = 2**31 - 1


class Number(IntegerConverter):
    """`<int:...>` in an address, up to what a row's number can be; beyond it nothing is there."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max", MOST)
        super().__init__(url_map, *args, **kwargs)


class Asked(Request):
    """A request whose query string holds no NUL: PostgreSQL stores none and refuses to look for one."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What stands after the question mark."""
        return ImmutableMultiDict((k, v.replace("\x00", "")) for k, v in super().args.items(multi=True))


def install(app: Flask) -> None:
    """Bound the numbers of every address; call it before the addresses are registered."""
    app.request_class = Asked
    app.url_map.converters["int"] = Number


def asked(name: str) -> int | None:
    """A number of the query string, such as the one after which a list goes on; None if it is none."""
    return read(request.args.get(name, ""))


def read(text: str) -> int | None:
    """A number that somebody wrote; None if it is none, or more than a row's number can be."""
    value = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) else None
    return value if value is not None and value <= MOST else None


def with_query(address: str, **values: int) -> str:
    """The address with these numbers in its query, in place of those of the same name."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in values]
    query = urlencode([*kept, *((name, str(value)) for name, value in values.items())])
    return urlunsplit(parts._replace(query=query))
