"""What holds for all names and texts of the demonstration city."""

from __future__ import annotations

from pathlib import Path

from tests.rules.demo.content import (
    CITY,
    CONSULTATIONS,
    GUIDELINES,
    GUIDELINES_REMARKS,
    PEOPLE,
    PLAN,
    REMARKS,
    read_csv,
    texts,
)


def test_no_name_is_that_of_a_real_municipality(real_data: Path) -> None:
    real = {row["name"].lower() for row in read_csv(real_data / "comuni_napoli.csv")}
    real |= {row["comune"].lower() for row in read_csv(real_data / "unioni_bologna.csv")}
    assert len(real) > 140
    assert not real & {row["name"].lower() for row in CITY}


def test_the_texts_use_typographic_apostrophes_and_no_stray_spaces() -> None:
    written = [PLAN, REMARKS, GUIDELINES, GUIDELINES_REMARKS, CONSULTATIONS, [person["name"] for person in PEOPLE]]
    assert [text for text in texts(written) if "'" in text or "  " in text or text != text.strip()] == []
