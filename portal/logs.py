"""Structured logs: one JSON object a line, with the request's id."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from flask import Flask, g, has_request_context, request

from portal.config import Settings


class JsonLines(logging.Formatter):
    """A record as one line of JSON; never the body of a request, never an address with a token in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line |= {"request": g.get("request_id", ""), "method": request.method, "endpoint": request.endpoint or ""}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def start(app: Flask, settings: Settings) -> None:
    """Send the application's log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("portal")
    logger.handlers = [handler]
    logger.setLevel(settings.log_level)
    logger.propagate = False
