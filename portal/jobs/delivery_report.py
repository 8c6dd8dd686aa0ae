"""Reading what a mail server says of a message it could not deliver (RFC 3464), whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message
from typing import Any

from portal.jobs.rules import local_part
from portal.kernel.errors import Invalid
from portal.kernel.words import N_

LARGEST = 4 * 2**20
_LONGEST = 300


@dataclass(frozen=True)
class Report:
    """One addressee in a report."""

    recipient: str
    action: str  # failed, delayed, delivered, relayed, expanded
    status: str  # such as 5.1.1
    diagnostic: str
    message_ids: tuple[str, ...]  # parts before the @ of what the report may speak of

    @property
    def is_failure(self) -> bool:
        """True if the server has given up."""
        return self.action == "failed"

    @property
    def is_for_good(self) -> bool:
        """True if trying again would not help: the status is of class 5."""
        return self.is_failure and self.status.startswith("5")


def read(raw: bytes) -> list[Report]:
    """Every addressee of a delivery report; refuses a message that is none."""
    if len(raw) > LARGEST:
        raise Invalid(N_("The file is larger than a delivery report can be."), code="too_large")
    try:
        message = message_from_bytes(raw)  # the plain parser: it does not stumble over headers that break the rules
        reports = list(_reports(message))
    except (LookupError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as fault:
        raise _not_a_report() from fault
    if not reports:
        raise _not_a_report()
    return reports


def _not_a_report() -> Invalid:
    return Invalid(
        N_("This is no delivery report (RFC 3464): keep the message that the mail server sent back as it is."),
        code="no_report",
    )


def _reports(message: Message[str, str]) -> Iterator[Report]:
    ids = tuple(_spoken_of(message))
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in _blocks(part):
            recipient = _typed(block, "Final-Recipient") or _typed(block, "Original-Recipient")
            action = _field(block, "Action").lower().split(" ")[0]
            if recipient and action:
                status = _field(block, "Status").split(" ")[0]
                said = _typed(block, "Diagnostic-Code")
                yield Report(recipient.lower(), action, status[:20], said[:_LONGEST], ids)


def _blocks(part: Message[str, str]) -> list[Any]:
    """Groups of fields, one an addressee; the parser makes a message of each."""
    payload = part.get_payload()
    return list(payload) if isinstance(payload, list) else []


def _field(block: Any, name: str) -> str:
    return " ".join(str(block.get(name, "")).split())


def _typed(block: Any, name: str) -> str:
    """What follows the type: `rfc822; name@comune.example`."""
    value = _field(block, name)
    return value.partition(";")[2].strip().strip("<>") if ";" in value else value.strip("<>")


def _spoken_of(message: Message[str, str]) -> Iterator[str]:
    """Message-IDs of the original: of the copy or of its headers, else of what the report answers to."""
    for part in message.walk():
        if part is not message and part.get("Message-ID"):
            yield local_part(str(part["Message-ID"]))
        if part.get_content_type() == "text/rfc822-headers":
            headers = message_from_string(str(part.get_payload()))
            yield local_part(str(headers.get("Message-ID", "")))
    for name in ("References", "In-Reply-To"):
        yield from (local_part(one) for one in str(message.get(name, "")).split())
