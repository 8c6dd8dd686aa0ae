"""The blueprint of the cockpit, and how it writes hours."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint

from portal.kernel.clock import local

bp = Blueprint("cockpit", __name__)


@bp.app_template_filter("clock_seconds")
def clock_seconds(at: datetime) -> str:
    """Hour, minute and second on the clock of Rome."""
    return f"{local(at):%H:%M:%S}"
