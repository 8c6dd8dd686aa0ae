"""The parts of an exported document that are the same for every plan: types, relations, styles, lists, the foot."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
BLUE, GREY = "003D7A", "5A6772"
LINKS = ("styles", "numbering", "settings", "footer", "header")
# id, name, based on, what follows it, size in half points, bold, colour, space before and after in twentieths
HEADINGS = (
    ("Heading1", "heading 1", "Normal", 34, True, BLUE, 480, 160),
    ("Heading2", "heading 2", "Normal", 30, True, BLUE, 400, 140),
    ("Heading3", "heading 3", "Normal", 26, True, BLUE, 320, 120),
    ("PlanDirection", "Plan direction", "Heading1", 36, True, BLUE, 600, 200),
    ("PlanAxis", "Plan axis", "Heading1", 32, True, BLUE, 480, 160),
    ("PlanSubAxis", "Plan sub-axis", "Heading2", 28, True, BLUE, 400, 140),
    ("PlanAction", "Plan action", "Heading2", 26, True, "17324D", 360, 120),
    ("PlanHeading", "Plan heading", "Heading3", 23, True, GREY, 240, 80),
    ("PlanObjectives", "Plan objectives", "Heading3", 23, True, GREY, 240, 80),
    ("PlanResults", "Plan results", "Heading3", 23, True, GREY, 240, 80),
)


def fixed(value: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Names and contents of all parts but the text and the facts."""
    return (
        ("[Content_Types].xml", _types()),
        ("_rels/.rels", _package()),
        ("docProps/core.xml", _core(value)),
        ("word/_rels/document.xml.rels", _links()),
        ("word/styles.xml", _styles(value.get("language") or "it")),
        ("word/numbering.xml", _numbering()),
        ("word/settings.xml", f'{XML}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="708"/></w:settings>'),
        ("word/footer1.xml", _footer()),
        ("word/header1.xml", _header(value.get("notice"))),
        ("customXml/_rels/item1.xml.rels", _relations((("customXmlProps", "itemProps1.xml"),))),
        ("customXml/itemProps1.xml", _item()),
    )


def document(body: str) -> str:
    """The main part around its paragraphs: A4 with a foot that counts pages."""
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" '
        'w:gutter="0"/></w:sectPr>'
    )
    return f'{XML}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{page}</w:body></w:document>'


def _types() -> str:
    overrides = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>'
        for part, kind in (
            ("/word/document.xml", f"{TYPE}.document.main+xml"),
            *((f"/word/{name}.xml", f"{TYPE}.{name}+xml") for name in LINKS[:3]),
            ("/word/footer1.xml", f"{TYPE}.footer+xml"),
            ("/word/header1.xml", f"{TYPE}.header+xml"),
            ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            ("/customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"),
        )
    )
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(links: tuple[tuple[str, str], ...]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{i}" Type="{kind if "://" in kind else f"{R}/{kind}"}" Target="{target}"/>'
        for i, (kind, target) in enumerate(links, 1)
    )
    return f'{XML}<Relationships xmlns="{RELS}">{inner}</Relationships>'


def _package() -> str:
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return _relations((("officeDocument", "word/document.xml"), (core, "docProps/core.xml")))


def _links() -> str:
    names = ("styles.xml", "numbering.xml", "settings.xml", "footer1.xml", "header1.xml")
    return _relations((*zip(LINKS, names, strict=True), ("customXml", "../customXml/item1.xml")))


def _core(value: dict[str, Any]) -> str:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(value['title'])}</dc:title><dc:creator>{escape(value['body'])}</dc:creator>"
        f"<dc:language>{escape(value.get('language') or 'it')}</dc:language></cp:coreProperties>"
    )


def _styles(language: str) -> str:
    text = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
        f'<w:sz w:val="22"/><w:lang w:val="{"en-GB" if language == "en" else "it-IT"}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="288" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="PlanCode"><w:name w:val="Plan code"/>'
        f'<w:rPr><w:color w:val="{GREY}"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="60"/></w:pPr></w:style>'
        + _style("Title", "Title", "Normal", (48, True, BLUE, 1200, 120))
        + _style("Subtitle", "Subtitle", "Normal", (26, False, GREY, 0, 600))
        + "".join(_style(*one[:3], one[3:]) for one in HEADINGS)
    )
    return f'{XML}<w:styles xmlns:w="{W}">{text}</w:styles>'


def _style(ident: str, name: str, base: str, looks: tuple[int, bool, str, int, int]) -> str:
    size, bold, colour, before, after = looks
    level = f'<w:outlineLvl w:val="{int(ident[-1]) - 1}"/>' if ident[-1].isdigit() else ""
    return (
        f'<w:style w:type="paragraph"{"" if base == "Normal" else " w:customStyle=" + chr(34) + "1" + chr(34)} '
        f'w:styleId="{ident}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/><w:next w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:spacing w:before="{before}" w:after="{after}"/>{level}</w:pPr>'
        f'<w:rPr>{"<w:b/>" if bold else ""}<w:color w:val="{colour}"/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _numbering() -> str:
    return (
        f'{XML}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="hybridMultilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="426" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _footer() -> str:
    return (
        f'{XML}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
    )


def _header(notice: Any) -> str:
    """What the plan says of itself on every page, such as that its texts are a demonstration."""
    words = f'<w:t xml:space="preserve">{escape(notice)}</w:t>' if isinstance(notice, str) else ""
    looks = f'<w:rPr><w:color w:val="{GREY}"/><w:sz w:val="18"/></w:rPr>'
    return f'{XML}<w:hdr xmlns:w="{W}"><w:p><w:pPr/><w:r>{looks}{words}</w:r></w:p></w:hdr>'


def _item() -> str:
    return (
        f'{XML}<ds:datastoreItem ds:itemID="{{6F1B2C0E-3D5A-4E8B-9B7C-70617265726F}}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
        '<ds:schemaRef ds:uri="urn:parere:plan:1"/></ds:schemaRefs></ds:datastoreItem>'
    )
