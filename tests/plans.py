"""Plans of every shape for tests of their files: values of the plan format with keys, as an export makes them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from hypothesis import strategies as st

from portal.kernel.errors import Invalid
from portal.kernel.text import typed
from portal.plan.documents import FileKind, read
from portal.plan.format import PlanText, from_value
from portal.plan.outline import Choices, Known, outline

SIGNS = "ab Zè9.,;:-+*_#`~[](){}<>|\\/&!=\"'^$%@? \n\t\u00a0\u2028’–•1"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _fits(text: str) -> bool:
    try:
        return bool(typed(text, field="", limit=500, required=False))
    except Invalid:
        return False


def texts(most: int = 60, signs: str = SIGNS) -> st.SearchStrategy[str]:
    """Texts as they are stored, full of what a file could take for its own marks."""
    drawn = st.text(st.sampled_from(signs), min_size=1, max_size=most)
    return drawn.filter(_fits).map(lambda text: typed(text, field="", limit=500))


TITLES = texts(20, SIGNS.replace("\n", ""))
CODES = st.from_regex(r"[A-Z]{1,2}[.]?[0-9]{0,2}[-a-z]?", fullmatch=True)


@st.composite
def values(draw: st.DrawFn) -> dict[str, Any]:
    """A value of the plan format with keys everywhere, sections within sections, facts and texts."""
    counter = iter(range(1, 10_000))

    def key(prefix: str) -> str:
        return f"{prefix}-{next(counter)}"

    def paragraph(heading: str | None = None) -> dict[str, Any]:
        found = {"key": key("c"), "text": draw(texts())}
        return found | ({"heading": heading} if heading else {})

    def action() -> dict[str, Any]:
        headings = draw(st.lists(st.one_of(st.just(""), TITLES, st.just("Obiettivi")), max_size=3))
        return {
            "key": key("a"),
            "code": f"{draw(CODES)}-{next(counter)}",
            "title": draw(TITLES),
            "responsible": draw(st.lists(TITLES, max_size=2)),
            "paragraphs": [paragraph(heading) for heading in headings],
            "body_objectives": [paragraph() for _ in range(draw(st.integers(0, 1)))],
            "expected_results": [paragraph() for _ in range(draw(st.integers(0, 2)))],
        }

    def section(depth: int) -> dict[str, Any]:
        return {
            "key": key("s"),
            "code": f"{draw(CODES)}{next(counter)}",
            "kind": draw(st.sampled_from(["direction", "axis", "sub_axis"])),
            "title": draw(TITLES),
            "text": [paragraph() for _ in range(draw(st.integers(0, 2)))],
            "objectives": [paragraph() for _ in range(draw(st.integers(0, 2)))],
            "actions": [action() for _ in range(draw(st.integers(0, 2)))],
            "sections": [section(depth + 1) for _ in range(draw(st.integers(0, 2 if depth < 2 else 0)))],
        }

    return {
        "plan_id": "prova",
        "title": draw(TITLES),
        "body": draw(TITLES),
        "language": draw(st.sampled_from(["it", "en"])),
        "notice": draw(TITLES),
        "axes": [section(0) for _ in range(draw(st.integers(1, 2)))],
    }


def read_back(data: bytes, kind: FileKind, choices: Choices | None = None) -> PlanText:
    """What an import understands of a file, on a database that knows nothing."""
    source = read(data, f"piano.{kind.value}")
    if source.document is None:
        return from_value(source.value)
    made = outline(source.document, choices or Choices(), Known())
    made.value.setdefault("body", "Città")
    made.value.setdefault("title", "Piano")
    text = from_value(made.value)
    text.unplaced.extend(source.document.left)
    return text


def word(body: str, parts: dict[str, str] | None = None, links: str = "") -> bytes:
    """A Word document as somebody's word processor writes it: the given body and other parts."""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    found = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{R}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{relations}">'
        f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="n" Type="{R}/numbering" Target="numbering.xml"/>{links}</Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">'
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="Titolo{n}"><w:name w:val="heading {n}"/></w:style>'
            for n in range(1, 5)
        )
        + "</w:styles>",
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        "</w:numbering>",
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        **(parts or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return made.getvalue()


def p(text: str, heading: int = 0, *, item: str = "", level: int = 0, inner: str = "") -> str:
    """A paragraph of such a document; `item` is the list it belongs to."""
    looks = f'<w:pStyle w:val="Titolo{heading}"/>' if heading else ""
    if item:
        looks += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{item}"/></w:numPr>'
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{looks}</w:pPr>{run}{inner}</w:p>"


SMALL = p("Asse A – Natura", 1) + p("Azione A.1: Sentieri", 2) + p("Un comma.")
