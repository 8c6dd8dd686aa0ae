"""The cockpit: one screen from which a sitting is conducted, composed of the boards of the hall, floor and table.

It decides nothing itself. Each panel is drawn by the server from the board of its domain and holds that domain's own
forms; with scripts they are pressed in place, without them they lead back here.
"""

from portal.web.cockpit import acts, page
from portal.web.cockpit.blueprint import bp

__all__ = ["acts", "bp", "page"]
