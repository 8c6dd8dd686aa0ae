"""Minutes as a document: the signed sections, then signatures, approval and corrections, and how to verify. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from portal.conferences.minutes.queries import MinutesPage
from portal.conferences.minutes.rules import MinutesState, Part, Signatory, Table
from portal.kernel.canonical import encode
from portal.kernel.clock import local
from portal.records.minutes.italian import ORDINALS, day
from portal.records.minutes.sentences import begun
from portal.records.minutes.text import ORGANS

READ, ADDED, VERIFY = "Letto, confermato e sottoscritto", "Annotazioni successive alla firma", "Verifica"
_ROLES = {Signatory.CHAIR: "Chi presiede", Signatory.SECRETARY: "Chi redige il verbale"}
_OFFICES = {
    "mayor": "Sindaco metropolitano",
    "deputy_mayor": "Vicesindaco metropolitano",
    "councillor": "Consigliere metropolitano",
    "delegated_councillor": "Consigliere delegato",
    "secretary_general": "Segretario generale",
}


@dataclass(frozen=True)
class SignedBy:
    """One of the two signatures, given or awaited."""

    role: str
    name: str
    office: str
    at: str


@dataclass(frozen=True)
class Block:
    """A paragraph, or the items of a list."""

    lines: tuple[str, ...]
    listed: bool


@dataclass(frozen=True)
class Document:
    """Everything that a reader is given, in the language of the act."""

    city: str
    organ: str
    title: str
    subtitle: str
    state: str
    parts: tuple[Part, ...]
    signatures: tuple[SignedBy, ...]
    notes: tuple[str, ...]
    verification: tuple[str, ...]
    sha256: str

    @property
    def headings(self) -> dict[str, str]:
        """Over what follows the sections."""
        return {"signatures": READ, "notes": ADDED, "verification": VERIFY}


def document(page: MinutesPage, address: str = "") -> Document:
    """The minutes as they stand; `address` is where a fingerprint can be checked."""
    call = ORDINALS.get(page.call, str(page.call))
    head = page.head
    deserted = " (seduta deserta)" if head["deserted"] else ""
    return Document(
        city=head["city"],
        organ=begun(ORGANS[head["organ"]].split(" ", 1)[1]),
        title=f"Verbale n. {page.number}",
        subtitle=f"{head['title']}, seduta n. {page.sitting} in {call} convocazione{deserted}",
        state=_state(page),
        parts=tuple(_shown(page)),
        signatures=tuple(_signed(page, quality) for quality in Signatory),
        notes=tuple(_notes(page)),
        verification=tuple(_verification(page, address)),
        sha256=page.fingerprint,
    )


def as_json(page: MinutesPage) -> bytes:
    """The very bytes whose SHA-256 is signed."""
    return encode(page.content)


def as_text(found: Document) -> str:
    """Plain text, eighty columns wide or not: one line a paragraph."""
    lines = [found.city, found.organ, "", found.title.upper(), found.subtitle, f"[{found.state}]"]
    for part in found.parts:
        lines += ["", part.title.upper(), "", part.text]
        for table in part.tables:
            lines += ["", *_rows(table)]
    lines += ["", READ.upper()]
    lines += [f"{one.role}: {', '.join(w for w in (one.name, one.office, one.at) if w)}" for one in found.signatures]
    if found.notes:
        lines += ["", ADDED.upper(), "", *found.notes]
    return "\n".join([*lines, "", VERIFY.upper(), "", *found.verification]) + "\n"


def blocks(text: str) -> Iterator[Block]:
    """Paragraphs are parted by an empty line; lines that begin with a dash are a list."""
    for piece in text.split("\n\n"):
        lines = [line.strip() for line in piece.split("\n") if line.strip()]
        run: list[str] = []
        for line in lines:
            dash = line.startswith("- ")
            if run and dash != run[0].startswith("- "):
                yield _block(run)
                run = []
            run.append(line)
        if run:
            yield _block(run)


def _block(lines: list[str]) -> Block:
    listed = lines[0].startswith("- ")
    return Block(tuple(line.removeprefix("- ") if listed else line for line in lines), listed)


def _rows(table: Table) -> list[str]:
    cells = [" | ".join(row) for row in table.rows]
    return [table.caption, " | ".join(table.head), *cells, *([table.foot] if table.foot else [])]


def _shown(page: MinutesPage) -> Iterator[Part]:
    for section in page.sections:
        if section.text or section.tables:
            yield Part(section.key, section.title, section.text, section.tables)


def _state(page: MinutesPage) -> str:
    if page.state is MinutesState.DRAFT:
        return "Bozza non firmata"
    if page.state is MinutesState.SIGNED:
        return "Firmato, in attesa di approvazione"
    return "Firmato e approvato"


def _signed(page: MinutesPage, quality: Signatory) -> SignedBy:
    found = page.signed_by(quality)
    if found is None:
        name = page.head["chair"] if quality is Signatory.CHAIR else page.head["secretary"]
        return SignedBy(_ROLES[quality], name, "", "")
    return SignedBy(
        _ROLES[quality], found.name, _OFFICES.get(found.office.value, ""), f"firmato il {moment(found.signed_at)}"
    )


def moment(at: datetime) -> str:
    """“11 marzo 2027, ore 12:30”."""
    return f"{day(at)}, ore {local(at):%H:%M}"


def _notes(page: MinutesPage) -> Iterator[str]:
    for one in page.corrections:
        yield f"Rettifica n. {one.number}, richiesta da {one.asked_by} il {day(one.asked_at)}: {one.text}"
    if page.approval is not None:
        found = page.approval
        yield (
            f"Il verbale è approvato nella seduta n. {found.sitting} («{found.sitting_title}»), "
            f"al punto n. {found.item_number} dell’ordine del giorno («{found.item_title}»); "
            f"l’approvazione è annotata il {moment(found.at)}."
        )


def _verification(page: MinutesPage, address: str) -> Iterator[str]:
    journal = page.head["journal"]
    what = "Impronta del testo firmato" if page.sha256 else "Impronta della bozza"
    yield f"{what} (SHA-256): {page.fingerprint}"
    yield (
        f"Il testo è ricavato dal registro «{journal['stream']}» fino alla voce n. {journal['seq']}, "
        f"la cui impronta è {journal['hash']}."
    )
    yield (
        "L’impronta è quella del file JSON del verbale: chiunque può calcolarla (comando sha256sum) e confrontarla con "
        f"questa{f', oppure cercarla in {address}' if address else ''}."
    )
