"""Every kind of event is heard by somebody, or listed as silent."""

from __future__ import annotations

import pytest

from portal.kernel.events import KINDS
from portal.notify.listen import HEARD, SILENT
from tests.house import tree

pytestmark = pytest.mark.once


def test_every_kind_is_heard_or_silent_and_never_both() -> None:
    assert set(KINDS) == HEARD.keys() | SILENT
    assert HEARD.keys() & SILENT == set()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_recorded_somewhere(kind: str) -> None:
    verbs = [path for path in tree.python("portal") if path.name not in {"events.py", "listen.py"}]
    recorded = [tree.name(path) for path in verbs if f"{kind}(" in path.read_text()]
    assert recorded


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_stream(kind: str) -> None:
    assert KINDS[kind].STREAM.split(":")[0].replace("-", "_").isidentifier()
    assert (KINDS[kind].__doc__ or "").endswith(".")
