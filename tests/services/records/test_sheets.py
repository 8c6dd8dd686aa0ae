"""Spreadsheets: the same rows as the other files, a type in every cell, never a formula."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.drafting import compare, tag_remarks, write_tag
from portal.drafting.propose import Wording, propose_for_group
from portal.drafting.rules import Outcome
from portal.kernel.actor import Actor
from portal.kernel.errors import Forbidden
from portal.kernel.text import CONTROL
from portal.records import columns, ods, xlsx
from portal.records.columns import Format, Profile
from portal.records.export import export, sheet
from portal.records.tables import Table
from tests.factories import NOW
from tests.remarks import REASONS, Round

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HOSTILE = ("=1+1", "+1", "-1", "@sum(a)", "\t=1", '=HYPERLINK("http://x.example","qui")', "{=1}", "a;=1\n=2")


@pytest.fixture
def round_(database: None) -> Round:
    return Round()


def written(form: Format, actor: Actor, profile: Profile = Profile.PUBLIC) -> bytes:
    with sheet(actor, form, profile, demonstration=True, now=NOW) as file:
        return file.read()


def rows_of_xlsx(data: bytes) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def rows_of_ods(data: bytes) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.namelist()[0] == "mimetype"
        assert packed.infolist()[0].compress_type == zipfile.ZIP_STORED
        tree = ET.fromstring(packed.read("content.xml"))
    table = next(tree.iter(f"{TABLE}table"))
    return [[_said(cell) for cell in row.iter(f"{TABLE}table-cell")] for row in table.iter(f"{TABLE}table-row")]


def _said(cell: ET.Element) -> str:
    return "\n".join("".join(_parts(line)) for line in cell.iter(f"{TEXT}p"))


def _parts(line: ET.Element) -> list[str]:
    found = [line.text or ""]
    for part in line:
        found.append("\t" if part.tag == f"{TEXT}tab" else " " * int(part.get(f"{TEXT}c", "1")))
        found.append(part.tail or "")
    return found


def one_column(texts: list[str]) -> Table:
    return Table("Testi", ("text",), ("text",), (20,), ([text] for text in texts))


@pytest.mark.parametrize("profile", list(Profile))
def test_a_sheet_holds_what_the_csv_holds(round_: Round, profile: Profile) -> None:
    round_.published()
    round_.remark(late=True)
    round_.refuse(round_.remark())
    names = [column.name for column in columns.of(profile)]
    found = rows_of_xlsx(written(Format.XLSX, Actor.system(), profile))
    assert found[0] == names
    listed = "".join(export(Actor.system(), Format.CSV, profile, demonstration=True, now=NOW))
    assert len(found) - 1 == listed.count("\r\n") - 1
    opened = rows_of_ods(written(Format.ODS, Actor.system(), profile))
    at = names.index("observation")
    assert [row[at] for row in opened] == [row[at] for row in found]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_is_a_formula_whatever_it_begins_with(round_: Round, typed: str) -> None:
    round_.remark(observation="Testo. " + typed, reasons=typed)
    kept = round_.remark(reasons=typed).reasons
    book = load_workbook(io.BytesIO(written(Format.XLSX, Actor.anonymous())))
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert kept in {cell.value for cell in cells}
    assert kept in {text for row in rows_of_ods(written(Format.ODS, Actor.anonymous())) for text in row}
    for form in (Format.XLSX, Format.ODS):
        with zipfile.ZipFile(io.BytesIO(written(form, Actor.anonymous()))) as packed:
            parts = {name: packed.read(name).decode() for name in packed.namelist()}
        assert not any("<f>" in text or "table:formula" in text for text in parts.values())
        assert not any("vbaProject" in name or "externalLink" in name for name in parts)


def test_every_cell_has_the_type_of_its_column(round_: Round) -> None:
    round_.remark()
    names = [column.name for column in columns.of(Profile.PUBLIC)]
    row = dict(zip(names, rows_of_xlsx(written(Format.XLSX, Actor.anonymous()))[1], strict=True))
    assert (row["number"], row["late"], row["demonstration"]) == (round_.consultation.id and 1, False, True)
    assert row["submitted_at"] == datetime(2027, 3, 1, 9, 0)  # noqa: DTZ001  (a sheet knows no zones: UTC, as its head says)
    assert isinstance(row["body_code"], str)


def test_the_dictionary_and_what_the_file_is_are_in_it(round_: Round) -> None:
    book = load_workbook(io.BytesIO(written(Format.XLSX, Actor.system(), Profile.RESERVED)))
    assert book.sheetnames == ["Remarks", "Dictionary", "About this file"]
    named = [row[0].value for row in book.worksheets[1].iter_rows(min_row=2)]
    assert named == [column.name for column in columns.of(Profile.RESERVED)]
    about = {row[0].value: row[1].value for row in book.worksheets[2].iter_rows(min_row=2)}
    assert (about["Profile"], about["Generated at (UTC)"]) == ("reserved", "2027-03-01 09:00:00")
    assert "Licence" not in about


def test_the_reserved_sheet_is_for_the_offices(round_: Round) -> None:
    with pytest.raises(Forbidden):
        sheet(round_.mayor, Format.XLSX, Profile.RESERVED, demonstration=False, now=NOW)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=8))
def test_any_text_comes_back_as_it_went_in(texts: list[str]) -> None:
    kept = [CONTROL.sub("", text).replace("\r", "") for text in texts]
    kept = [text for text in kept if text]
    for write, read in ((xlsx.write, rows_of_xlsx), (ods.write, rows_of_ods)):
        into = io.BytesIO()
        write(into, [one_column(kept)])
        assert [row[0] for row in read(into.getvalue())[1:]] == kept


def test_themes_groups_and_served_answers_are_in_the_reserved_file(round_: Round) -> None:
    first, second = (round_.admitted(observation="Lo stesso testo, parola per parola.") for _ in range(2))
    compare.compare(now=NOW)
    tag = write_tag.make_tag(round_.lead, "Trasporti", None, now=NOW)
    tag_remarks.tag_remarks(round_.lead, [second.id], tag.id, now=NOW)
    propose_for_group(round_.officer, first.id, Wording(Outcome.ACCEPTED, REASONS, 0), now=NOW)
    names = [column.name for column in columns.of(Profile.RESERVED)]
    found = [
        dict(zip(names, row, strict=True))
        for row in rows_of_xlsx(written(Format.XLSX, round_.lead, Profile.RESERVED))[1:]
    ]
    assert [(row["group"], row["answer_of"], row["themes"]) for row in found] == [
        (first.number, None, None),
        (first.number, first.number, "Trasporti"),
    ]
    public = {column.name for column in columns.of(Profile.PUBLIC)}
    assert not public & {"group", "answer_of", "themes"}
