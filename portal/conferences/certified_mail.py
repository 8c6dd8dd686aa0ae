"""Reading the receipts of certified mail (PEC, D.P.R. 68/2005): what they say, of whom, and when. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from xml.etree import ElementTree as ET

from portal.conferences.rules import ReceiptKind
from portal.kernel.errors import Invalid
from portal.kernel.words import N_

LARGEST = 4 * 2**20
_FACTS = "daticert.xml"
_DOCTYPE = (b"<!", b"\0")  # a document type, or signs of two bytes in which one could hide
_KINDS = {
    "accettazione": ReceiptKind.ACCEPTED,
    "avvenuta-consegna": ReceiptKind.DELIVERED,
    "non-accettazione": ReceiptKind.FAILED,
    "preavviso-errore-consegna": ReceiptKind.FAILED,
    "errore-consegna": ReceiptKind.FAILED,
}


@dataclass(frozen=True)
class Receipt:
    """What one receipt certifies."""

    kind: ReceiptKind
    address: str
    stamped_at: datetime
    message_id: str
    sha256: str


def read(raw: bytes) -> Receipt:
    """The facts of a receipt as the provider wrote them; refuses any other message."""
    if len(raw) > LARGEST:
        raise Invalid(N_("The file is larger than a receipt can be."), code="too_large", field="file")
    try:
        message = message_from_bytes(raw, policy=policy.default)
        root = ET.fromstring(_facts(message))  # noqa: S314  (without a document type there are no entities)
        kind = _KINDS[root.attrib["tipo"]]
        address = _text(root, "dati/consegna") or _text(root, "intestazione/destinatari")
        found = Receipt(
            kind, address.lower()[:254], _stamp(root), _text(root, "dati/msgid")[:300], hashlib.sha256(raw).hexdigest()
        )
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError, ET.ParseError) as fault:
        raise _no_receipt() from fault
    return found


def _facts(message: EmailMessage) -> bytes:
    for part in message.walk():
        if part.get_filename() == _FACTS:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and not any(sign in payload for sign in _DOCTYPE):
                return payload
    raise ValueError("no facts")


def _text(root: ET.Element, path: str) -> str:
    return (root.findtext(path) or "").strip()


def _stamp(root: ET.Element) -> datetime:
    """Day, hour and zone as the provider certifies them."""
    when = root.find("dati/data")
    if when is None:
        raise ValueError("no date")
    text = f"{_text(when, 'giorno')} {_text(when, 'ora')} {when.attrib['zona']}"
    return datetime.strptime(text, "%d/%m/%Y %H:%M:%S %z")


def _no_receipt() -> Invalid:
    return Invalid(
        N_("This is no receipt of certified mail: keep the message as your mail program saves it (.eml)."),
        code="no_receipt",
        field="file",
    )
