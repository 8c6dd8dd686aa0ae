"""The blueprint that the modules of this package fill."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("plan", __name__)
