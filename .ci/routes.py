"""The list of all addresses with the permission each asks for: docs/routes.md, written or checked.

python .ci/routes.py [--check]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from flask import Flask

from portal.app import create_app
from portal.config import Settings

PAGE = Path(__file__).resolve().parent.parent / "docs" / "routes.md"
HEAD = """# Addresses

Written by `make routes`; a check fails when it is out of date. An address without a permission is closed to everybody.

| address | methods | endpoint | permission |
|---|---|---|---|
"""


def listed(app: Flask) -> str:
    """The page."""
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))):
        methods = " ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        permission = getattr(app.view_functions[rule.endpoint], "access", None)
        asked = permission.value if permission else ("files" if rule.endpoint == "static" else "NONE")
        rows.append(f"| `{rule.rule}` | {methods} | {rule.endpoint} | {asked} |")
    return HEAD + "\n".join(rows) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or say that it is out of date."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database_url="sqlite://", data_dir=Path(folder), secret_key="only lists addresses", demo=True
        )
        page = listed(create_app(settings))
    if "--check" not in arguments:
        PAGE.write_text(page)
        return 0
    if not PAGE.exists() or PAGE.read_text() != page:
        print("docs/routes.md is out of date: run `make routes` and read what changed")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
