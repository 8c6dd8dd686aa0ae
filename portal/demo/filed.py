"""The papers of the invented city, received and looked at as if somebody had sent them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from portal.demo import content
from portal.files import examine
from portal.files.examine import Examined
from portal.files.store import Store


@contextmanager
def filed(store: Store, file: str) -> Iterator[Examined]:
    """One of the papers, by its name."""
    path = content.FOLDER / "papers" / file
    with path.open("rb") as stream, examine.received(store, stream) as given, examine.examined(store, given) as found:
        yield found
