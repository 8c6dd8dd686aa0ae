"""The parts of the Word document that are the same for all minutes: types, relations, styles, lists, the foot."""

from __future__ import annotations

from xml.sax.saxutils import escape

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINKS = ("styles", "numbering", "settings", "footer")
# id, name, based on, size in half points, bold, before and after in twentieths, level of the outline or none
_STYLES = (
    ("Title", "Title", "Normal", 40, True, 240, 120, None),
    ("Subtitle", "Subtitle", "Normal", 24, False, 0, 60, None),
    ("Heading1", "heading 1", "Normal", 28, True, 400, 140, 0),
    ("Caption", "caption", "Normal", 20, True, 240, 80, None),
    ("TableHead", "Table head", "Normal", 18, True, 40, 40, None),
    ("TableText", "Table text", "Normal", 18, False, 20, 20, None),
    ("Small", "Small print", "Normal", 18, False, 40, 80, None),
)


def fixed(title: str, author: str) -> tuple[tuple[str, str], ...]:
    """Names and contents of all parts but the text."""
    return (
        ("[Content_Types].xml", _types()),
        ("_rels/.rels", _package()),
        ("docProps/core.xml", _core(title, author)),
        ("word/_rels/document.xml.rels", _relations([(name, _file(name)) for name in _LINKS])),
        ("word/styles.xml", _styles()),
        ("word/numbering.xml", _numbering()),
        ("word/settings.xml", f'{XML}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="708"/></w:settings>'),
        ("word/footer1.xml", _footer(title)),
    )


def document(body: str) -> str:
    """The main part around its paragraphs: A4 with a foot that counts pages."""
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" '
        'w:gutter="0"/></w:sectPr>'
    )
    return f'{XML}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{page}</w:body></w:document>'


def _file(name: str) -> str:
    return "footer1.xml" if name == "footer" else f"{name}.xml"


def _types() -> str:
    kinds = [("/word/document.xml", f"{TYPE}.document.main+xml")]
    kinds += [(f"/word/{_file(name)}", f"{TYPE}.{name}+xml") for name in _LINKS]
    kinds += [("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in kinds)
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _package() -> str:
    return (
        f'{XML}<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{R}/officeDocument" '
        'Target="word/document.xml"/><Relationship Id="rId2" '
        'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )


def _relations(links: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{R}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(links, 1)
    )
    return f'{XML}<Relationships xmlns="{RELS}">{rows}</Relationships>'


def _core(title: str, author: str) -> str:
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator>"
        "<dc:language>it-IT</dc:language></cp:coreProperties>"
    )


def _styles() -> str:
    base = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
        '<w:sz w:val="22"/><w:lang w:val="it-IT"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    listed = (
        '<w:style w:type="paragraph" w:styleId="List"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="40"/></w:pPr></w:style>'
    )
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="5A6772"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr>'
        f"<w:tblBorders>{sides}</w:tblBorders></w:tblPr></w:style>"
    )
    return f'{XML}<w:styles xmlns:w="{W}">{base}{"".join(_style(*one) for one in _STYLES)}{listed}{grid}</w:styles>'


def _style(ident: str, name: str, base: str, size: int, bold: bool, before: int, after: int, level: int | None) -> str:
    outline = f'<w:keepNext/><w:outlineLvl w:val="{level}"/>' if level is not None else ""
    keep, rest = ("<w:keepNext/>", outline.removeprefix("<w:keepNext/>")) if outline else ("", "")
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr>{keep}<w:spacing w:before="{before}" w:after="{after}"/>{rest}'
        f'</w:pPr><w:rPr>{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/></w:rPr></w:style>'
    )


def _numbering() -> str:
    return (
        f'{XML}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
        '<w:multiLevelType w:val="hybridMultilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="426" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def _footer(title: str) -> str:
    return (
        f'{XML}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(title)} · pagina </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
    )
