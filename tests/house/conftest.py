"""What the house tests share."""

from __future__ import annotations

import pytest

from tests.house import tree


@pytest.fixture(scope="session")
def sources() -> str:
    """Everything the doors and the domains say, in one string, without the table of permissions itself."""
    kept = [path for path in tree.python("portal") if tree.name(path) != "portal/kernel/permissions.py"]
    return "\n".join(path.read_text() for path in [*kept, *tree.templates()])
