"""A Word document of anybody's becomes a plan; what is no text of it is listed with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from portal.plan.blocks import Note, Why
from portal.plan.documents import FileKind, read
from portal.plan.format import PlanText
from portal.plan.outline import Choices, Tables
from tests.plans import SMALL, R, W, p, read_back, word

HEAD = p("Asse A – Natura", 1) + p("Azione A.1: Sentieri", 2)


def plan(body: str, parts: dict[str, str] | None = None, links: str = "", **choices: Any) -> PlanText:
    return read_back(word(HEAD + body, parts, links), FileKind.WORD, Choices(**choices))


def texts(body: str, **more: Any) -> list[str]:
    return [p.text for _, _, a in plan(body, **more).actions() for p in a.paragraphs]


def left(body: str, parts: dict[str, str] | None = None, links: str = "") -> list[tuple[str, str]]:
    return [(item["reason"], item["value"]) for item in plan(body, parts, links).unplaced]


def run(inner: str, looks: str = "") -> str:
    return f"<w:r><w:rPr>{looks}</w:rPr>{inner}</w:r>"


def test_headings_become_sections_actions_and_paragraphs() -> None:
    found = plan(p("Contesto", 3) + p("Un comma.") + p("Obiettivi", 3) + p("Scopo", item="1"))
    (section,) = found.sections
    (action,) = section.actions
    assert (section.source_code, section.title, action.source_code, action.title) == ("A", "Natura", "A.1", "Sentieri")
    assert [(q.kind.value, q.heading, q.text) for q in action.paragraphs] == [
        ("body", "Contesto", "Un comma."),
        ("objective", "", "Scopo"),
    ]


def test_lists_keep_the_marks_that_a_reader_sees() -> None:
    items = p("uno", item="1") + p("primo", item="2") + p("sotto", item="2", level=1) + p("secondo", item="2")
    assert texts(p("Elenco:") + items) == ["Elenco:\n- uno\n1. primo\n  1.a) sotto\n2. secondo"]


def test_numbered_headings_have_their_code_from_the_numbering() -> None:
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="T1"><w:name w:val="Titolo 1"/><w:pPr>'
    styles += '<w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>'
    body = '<w:p><w:pPr><w:pStyle w:val="T1"/></w:pPr><w:r><w:t>Natura</w:t></w:r></w:p>' * 2
    found = read_back(word(body, {"word/styles.xml": styles}), FileKind.WORD)
    assert [(s.source_code, s.title) for s in found.sections] == [("1", "Natura"), ("2", "Natura")]


def test_breaks_tabs_and_fields_are_words() -> None:
    inner = "<w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t>"
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText><w:t>no</w:t></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t> d</w:t></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(p("", inner=run(inner) + field)) == ["a\nb\tc d"]


def test_a_link_says_where_it_leads_only_on_the_web() -> None:
    links = f'<Relationship Id="l1" Type="{R}/hyperlink" Target="https://citta.example/a" TargetMode="External"/>'
    links += f'<Relationship Id="l2" Type="{R}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
    body = "".join(
        p("", inner=f'<w:hyperlink r:id="{n}"><w:r><w:t>qui</w:t></w:r></w:hyperlink>') for n in ("l1", "l2", "l3")
    )
    assert texts(body, links=links) == ["qui (https://citta.example/a)", "qui", "qui"]


def test_tracked_changes_are_taken_as_accepted_and_what_they_delete_is_listed() -> None:
    changes = "<w:ins><w:r><w:t>nuovo</w:t></w:r></w:ins><w:del><w:r><w:delText>vecchio</w:delText></w:r></w:del>"
    moved = "<w:moveFrom><w:r><w:t>qui</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> là</w:t></w:r></w:moveTo>"
    body = p("Testo ", inner=changes + moved)
    assert texts(body) == ["Testo nuovo là"]
    assert left(body) == [(Why.DELETED, "vecchio")]
    document = read(word(HEAD + body), "x.docx").document
    assert document is not None and document.notes == {Note.CHANGES: 3}


DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
PICTURE = (
    f'<w:r><w:drawing><p:docPr xmlns:p="{DRAWING}wordprocessingDrawing" descr="Una mappa"/>'
    f'<a:blip xmlns:a="{DRAWING}main"/></w:drawing></w:r>'
)
BOX = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>nel riquadro</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
HIDDEN = run("<w:t>nascosto</w:t>", "<w:vanish/>")
SYMBOL = run('<w:sym w:font="Wingdings" w:char="F0FC"/>')


@pytest.mark.parametrize(
    ("inner", "why", "value"),
    [
        (PICTURE, Why.IMAGE, "Una mappa"),
        (BOX, Why.TEXT_BOX, "nel riquadro"),
        (HIDDEN, Why.HIDDEN, "nascosto"),
        (SYMBOL, Why.SYMBOL, "Wingdings F0FC"),
        ("<w:r><w:object/></w:r>", Why.OBJECT, ""),
    ],
)
def test_what_is_no_text_is_listed(inner: str, why: Why, value: str) -> None:
    assert left(p("Testo", inner=inner)) == [(why, value)]


def test_a_table_is_text_or_listed_and_one_within_another_is_read_once() -> None:
    def cell(inner: str) -> str:
        return f"<w:tc>{inner}</w:tc>"

    within = f"<w:tbl><w:tr>{cell(p('dentro'))}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr>{cell(p('Anno'))}{cell(p('Euro') + within)}</w:tr><w:tr>{cell(p('2027'))}</w:tr></w:tbl>"
    assert texts(table) == ["Anno | Euro dentro\n2027"]
    assert texts(table, tables=Tables.LEAVE) == []


def test_notes_comments_and_heads_of_pages_are_listed() -> None:
    inner = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="7"/></w:r>'
    parts = {
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p("Una nota.")}</w:footnote>'
        f'<w:footnote w:id="0" w:type="separator">{p("---")}</w:footnote></w:footnotes>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="7" w:author="Anna">{p("Vero?")}</w:comment>'
        "</w:comments>",
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{p("Bozza")}</w:hdr>',
    }
    kinds = (("footnotes", "footnotes"), ("comments", "comments"), ("header", "header1"))
    links = "".join(f'<Relationship Id="{k}" Type="{R}/{k}" Target="{name}.xml"/>' for k, name in kinds)
    found = plan(p("Testo", inner=inner), parts, links).unplaced
    assert [(item["reason"], item["path"], item["value"]) for item in found] == [
        (Why.FOOTNOTE, "3", "Una nota."),
        (Why.COMMENT, "3", "Vero?"),
        (Why.HEADER, "0", "Bozza"),
    ]
    assert "Anna" not in str(found)


def test_a_table_of_contents_is_no_text() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{p('Natura 3')}</w:sdtContent></w:sdt>"
    found = read_back(word(contents + SMALL), FileKind.WORD)
    assert [(item["reason"], item["value"]) for item in found.unplaced] == [(Why.CONTENTS, "Natura 3")]


def test_a_document_carried_on_without_its_pictures_is_read_the_same() -> None:
    data = word(SMALL, {"word/media/image1.png": "x" * 100_000})
    source = read(data, "x.docx")
    assert len(source.slim) < len(data)
    assert read_back(source.slim, FileKind.WORD) == read_back(data, FileKind.WORD)
