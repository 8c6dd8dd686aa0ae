"""The rules of the Forums that come with the program; other cities, and the regulation, may say otherwise."""

from __future__ import annotations

from datetime import date

from portal.forum.rules import ForumKey

STATUTE_IN_FORCE = date(2015, 6, 11)
LEGAL_BASIS: dict[ForumKey, str] = {
    ForumKey.METROPOLITAN: (
        "Statuto, artt. 6, 14 e 32, comma 1; legge 241/1990, art. 16; regolamento del Forum, da verificare"
    ),
    ForumKey.YOUTH: (
        "Statuto, art. 14, comma 1; legge 241/1990, art. 16; regolamento del Forum dei giovani, da verificare"
    ),
}
