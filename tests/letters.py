"""A letter that came by certified mail, and the secretariat that splits it."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from portal.comments import attach_letter, open_letter, split_letter
from portal.comments.models import Consultation
from portal.comments.open_letter import Heading
from portal.comments.points import Place
from portal.comments.registration_models import Registration
from portal.comments.registration_rules import LetterChannel, Part
from portal.comments.rules import CommentKind
from portal.db import db
from portal.files import examine
from portal.files.store import Store
from portal.kernel.offices import Office
from tests import factories, papers
from tests.factories import NOW
from tests.writing import key

TEXT = """Alla Segreteria della Città metropolitana

Si chiede di prevedere una fermata presso l'ospedale. La fermata serve cento addetti.

Si propone di scrivere: "Entro il 2028 è aperta la nuova fermata."

Distinti saluti"""
_protocols = itertools.count(1)


@dataclass
class Desk:
    """The secretariat with a letter of a Comune before it."""

    consultation: Consultation = field(default_factory=factories.consultation)

    def __post_init__(self) -> None:
        self.body = factories.body("Comune di Carta")
        self.secretary = factories.holder(Office.SECRETARIAT)
        self.action = factories.actions_of(self.consultation.version)[0]
        self.paragraph = factories.paragraphs_of(self.action)[0]
        self.place = Place(self.consultation.id, self.action.id, paragraph_id=self.paragraph.id)

    def heading(self, **more: Any) -> Heading:
        """As it stands on the letter."""
        plain = Heading(
            self.consultation.id,
            self.body.id,
            LetterChannel.PEC,
            f"{next(_protocols)}/2027",
            date(2027, 2, 26),
            NOW - timedelta(days=3),
            Office.MAYOR,
        )
        return replace(plain, **more)

    def letter(self, text: str = TEXT, **more: Any) -> Registration:
        """Taken in, nothing assigned yet."""
        number, _ = open_letter.begin(self.secretary, self.heading(**more), text, key(), now=NOW)
        return db.session.get_one(Registration, number)

    def document(self, row: Registration, folder: Path, content: bytes | None = None) -> int:
        """The letter as it came."""
        store = Store(folder)
        given = io.BytesIO(content or papers.pdf(title=f"Lettera {row.id}"))
        with examine.received(store, given) as path, examine.examined(store, path) as found:
            return attach_letter.attach(self.secretary, row.id, found, "lettera.pdf", key(), store=store, now=NOW)

    def point(self, row: Registration, *words: str, kind: CommentKind = CommentKind.OBJECTION, **more: Any) -> int:
        """A remark made of some words of the letter."""
        place = more.get("place", self.place)
        ranges = [stretch(row.text, one) for one in words]
        return split_letter.add_point(self.secretary, row.id, place, kind, ranges, fresh(row), now=NOW)

    def part(self, row: Registration, point: int, part: Part, words: str) -> None:
        """Words that go with a remark."""
        ranges = [stretch(row.text, words)]
        split_letter.assign(self.secretary, row.id, ranges, point, part, fresh(row), now=NOW)

    def dismiss(self, row: Registration, *words: str) -> None:
        """Words that ask for nothing."""
        ranges = [stretch(row.text, one) for one in words]
        split_letter.dismiss(self.secretary, row.id, ranges, fresh(row), now=NOW)

    def split(self, folder: Path, **more: Any) -> Registration:
        """Two remarks, with everything else dealt with."""
        row = self.letter(**more)
        first = self.point(row, "Si chiede di prevedere una fermata presso l'ospedale.")
        self.part(row, first, Part.REASONS, "La fermata serve cento addetti.")
        second = self.point(row, "Si propone di scrivere:", kind=CommentKind.CHANGE_REQUEST)
        self.part(row, second, Part.PROPOSED, '"Entro il 2028 è aperta la nuova fermata."')
        self.dismiss(row, "Alla Segreteria della Città metropolitana", "Distinti saluti")
        self.document(row, folder)
        return row


def fresh(row: Registration) -> int:
    """The revision that a page opened now would show."""
    db.session.rollback()
    db.session.refresh(row)
    return row.revision


def stretch(text: str, words: str) -> tuple[int, int]:
    """Where some words stand in a text."""
    start = text.index(words)
    return start, start + len(words)
