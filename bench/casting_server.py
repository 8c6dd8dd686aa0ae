"""The application that the bench of votes by socket asks, with a bare event beside it; `bench.casting` starts it."""

from __future__ import annotations

from bench.bare import add_bare_event
from portal.app import create_app

app = create_app(RATELIMIT_ENABLED=False)
add_bare_event(app)

if __name__ == "__main__":
    with app.app_context():
        app.cli.commands["live"].main(args=["--port", "0"], standalone_mode=True)
