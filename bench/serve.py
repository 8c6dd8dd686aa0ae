"""Started by the bench in a process of its own."""

from __future__ import annotations

from bench.bare import add_bare_insert
from bench.server import add_bare
from portal.app import create_app

if __name__ == "__main__":
    app = create_app(RATELIMIT_ENABLED=False)
    add_bare(app)
    add_bare_insert(app)
    with app.app_context():
        app.cli.commands["serve"].main(args=["--port", "0", "--no-worker"], standalone_mode=True)
