"""Numbers in addresses: what no table can hold names nothing."""

from __future__ import annotations

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

MOST = 2**31 - 1


class Number(IntegerConverter):
    """`<int:...>` in an address, up to what a row's number can be; beyond it nothing is there."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max", MOST)
        super().__init__(url_map, *args, **kwargs)


def install(app: Flask) -> None:
    """Bound the numbers of every address; call it before the addresses are registered."""
    app.url_map.converters["int"] = Number


def asked(name: str) -> int | None:
    """A number of the query string, such as the one after which a list goes on; None if it is none."""
    text = request.args.get(name, "")
    value = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) else None
    return value if value is not None and value <= MOST else None
