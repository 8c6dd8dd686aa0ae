"""What the pages of the table share: the blueprint, and where an act leads back to."""

from __future__ import annotations

from flask import Blueprint, request

from portal.conferences.table.rules import Stance

bp = Blueprint("table", __name__)
bp.add_app_template_global(Stance, "Stance")
PAGES = ("regia", "presenze", "parola", "partecipa", "indicazioni", "osservazioni", "votazioni")


def back(number: int, usual: str) -> str:
    """The page of this sitting on which a button was pressed; the form names it, among those that there are."""
    named = request.form.get("back", "")
    return f"{request.script_root}/sedute/{number}/{named if named in PAGES else usual}"
