"""The blueprint that all pages of votes share."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("voting", __name__)
Answer = str | Response | tuple[str, int]
