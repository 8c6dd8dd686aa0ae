"""What an archive says of itself, and the comparison of the archive with it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from portal.journal.verify import Fault, Head
from portal.kernel.errors import Invalid
from portal.kernel.words import N_

FORMAT = "parere-backup/1"
NAME = "manifest.json"
CHUNK = 1 << 16


@dataclass(frozen=True)
class Member:
    """One file of the archive; `rows` is None for an attachment."""

    name: str
    sha256: str
    rows: int | None


@dataclass(frozen=True)
class Manifest:
    """The last file of the archive."""

    program: str
    revision: str
    made_at: str
    members: tuple[Member, ...]
    heads: tuple[Head, ...]
    faults: tuple[str, ...] = ()  # of a journal that was already broken when the archive was made
    format: str = field(default=FORMAT)

    def encode(self) -> bytes:
        """As it is written."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()

    @classmethod
    def decode(cls, data: bytes) -> Manifest:
        """As it was written; refuses what is no manifest of this format."""
        try:
            raw: dict[str, Any] = json.loads(data)
            if raw["format"] != FORMAT:
                raise damaged(N_("The archive is of another kind than this program reads."))
            return cls(
                program=raw["program"],
                revision=raw["revision"],
                made_at=raw["made_at"],
                members=tuple(Member(**m) for m in raw["members"]),
                heads=tuple(Head(**h) for h in raw["heads"]),
                faults=tuple(str(fault) for fault in raw["faults"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise damaged(N_("The archive has no readable manifest.")) from error


def told(fault: Fault) -> str:
    """A fault of the journal as the manifest keeps it."""
    return f"{fault.stream} {fault.seq}: {fault.what}"


def damaged(message: str, **params: Any) -> Invalid:
    """A refusal of the archive."""
    return Invalid(message, code="archive", **params)


def table_member(table: str) -> str:
    """Where the rows of a table are."""
    return f"tables/{table}.jsonl"


def opened(path: Path) -> zipfile.ZipFile:
    """The archive, if it is one and has its end."""
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise damaged(N_("There is no file %(path)s."), path=str(path)) from error
    except (OSError, zipfile.BadZipFile) as error:
        raise damaged(
            N_("%(path)s is not a whole archive: it is cut short or something else."), path=str(path)
        ) from error


def checked(archive: zipfile.ZipFile) -> Manifest:
    """The manifest, after every byte of every file has been compared with it."""
    try:
        manifest = Manifest.decode(archive.read(NAME))
    except (KeyError, zipfile.BadZipFile) as error:
        raise damaged(N_("The archive has no readable manifest.")) from error
    expected = [member.name for member in manifest.members] + [NAME]
    if sorted(archive.namelist()) != sorted(expected):
        raise damaged(N_("The archive does not hold the files that its manifest lists."))
    for member in manifest.members:
        _check(archive, member)
    return manifest


def _check(archive: zipfile.ZipFile, member: Member) -> None:
    sha, lines = hashlib.sha256(), 0
    try:
        with archive.open(member.name) as file:
            for chunk in iter(lambda: file.read(CHUNK), b""):
                sha.update(chunk)
                lines += chunk.count(b"\n")
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise damaged(N_("%(name)s in the archive is damaged."), name=member.name) from error
    if sha.hexdigest() != member.sha256:
        raise damaged(N_("%(name)s in the archive was changed after the backup."), name=member.name)
    if member.rows is not None and member.rows != lines:
        raise damaged(N_("%(name)s in the archive has not as many rows as its manifest says."), name=member.name)


class Hashing:
    """A file of the archive that is being written, hashed and counted on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._sha = hashlib.sha256()
        self.lines = 0

    def write(self, data: bytes) -> None:
        """Write, hash, count lines."""
        self._file.write(data)
        self._sha.update(data)
        self.lines += data.count(b"\n")

    def member(self, name: str, *, is_table: bool) -> Member:
        """What the manifest says of it."""
        return Member(name, self._sha.hexdigest(), self.lines if is_table else None)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """A file piece by piece."""
    yield from iter(lambda: file.read(CHUNK), b"")
