"""Fail unless the migrations, run on an empty database, end with exactly the tables that the models describe."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

from flask_migrate import check, upgrade

from portal.app import create_app
from portal.config import Settings
from portal.db import db


def main() -> int:
    """Run the comparison in a folder that is thrown away; flask-migrate exits by itself on a difference."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            database_url=f"sqlite:///{folder}/check.sqlite3", data_dir=Path(folder), secret_key="compares tables only"
        )
        with create_app(settings).app_context():
            upgrade()
            check()
            db.engine.dispose()
    return 0


if __name__ == "__main__":
    logging.disable(logging.INFO)
    sys.exit(main())
