"""A plan file on its way through the pages: chosen, read, carried from the preview to the import."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePath

from flask_babel import gettext

from portal.comments import consultation_queries
from portal.forms.base import options
from portal.forms.plan import DROP, KEEP, ImportPlan
from portal.kernel.errors import Invalid
from portal.kernel.words import N_
from portal.plan import documents
from portal.plan.blocks import Role
from portal.plan.documents import FileKind
from portal.plan.import_plan import Preview
from portal.plan.outline import Lists, Tables
from portal.web import labels

MOST_TEXT = 2 * 2**20
MOST_WORD = 12 * 2**20
MOST_CARRIED = 2_800_000  # as it stands in the page
BASE64 = "base64"


@dataclass(frozen=True)
class Upload:
    """A file that somebody chose."""

    data: bytes
    name: str


def uploaded(form: ImportPlan) -> Upload:
    """The file that was chosen, or the one that the page carries."""
    if form.file.data:
        with closing(form.file.data) as file:
            data: bytes = file.read(MOST_WORD + 1)
        name = PurePath(str(form.file.data.filename or "").replace("\\", "/")).name[-120:]
        if data:
            return _fitting(data, name)
    if form.content.data:
        return carried(form)
    raise Invalid(N_("Choose a plan file."), field="file")


def _fitting(data: bytes, name: str) -> Upload:
    if documents.kind_of(data, name) is FileKind.WORD:
        if len(data) > MOST_WORD:
            raise Invalid(
                N_("The document is larger than 12 MB. Take out its pictures, or use the console."), field="file"
            )
    elif len(data) > MOST_TEXT:
        raise Invalid(N_("The file is larger than 2 MB. Import it from the console: parere plan import"), field="file")
    return Upload(data, name)


def carried(form: ImportPlan) -> Upload:
    """The file that the preview carries along."""
    content, name = str(form.content.data or ""), str(form.name.data or "")[-120:]
    if form.coding.data != BASE64:
        return Upload(content.encode(), name)
    try:
        return Upload(b64decode(content, validate=True), name)
    except binascii.Error as error:
        raise Invalid(N_("Choose a plan file."), field="file") from error


def carry(form: ImportPlan, upload: Upload, seen: Preview) -> ImportPlan:
    """The form of the preview: the file, and how it was read."""
    made = ImportPlan(
        data={
            **_content(upload, seen.carried if seen.kind is FileKind.WORD else b""),
            "mandate": form.mandate.data,
            **{name: form[name].data for name in ImportPlan.READING},
        }
    )
    made.seen.data = made.mark
    offer(made, seen.levels, seen.action_level)
    return made


def keep(form: ImportPlan, upload: Upload) -> bool:
    """Carry on a document that was refused as a plan but can be read, so that it can be read otherwise."""
    try:
        source = documents.read(upload.data, upload.name)
        content = _content(upload, source.slim if source.kind is FileKind.WORD else b"")
    except Invalid:
        return False
    if source.document is None:
        return False
    for name, value in content.items():
        form[name].data = value
    levels = {block.level for block in source.document.blocks if block.role is Role.HEADING}
    offer(form, tuple(sorted(levels)), 0)
    return True


def _content(upload: Upload, slim: bytes) -> dict[str, str]:
    content = b64encode(slim).decode() if slim else upload.data.decode("utf-8-sig")
    if len(content) > MOST_CARRIED:
        raise Invalid(
            N_("The text of the document is too long for this page. Import it from the console."), field="file"
        )
    return {"content": content, "coding": BASE64 if slim else "", "name": upload.name}


def offer(form: ImportPlan, levels: tuple[int, ...], found: int) -> None:
    """The words of the choices; of levels only those that the document uses."""
    plans = {v.slug: v.title for v in consultation_queries.version_counts()}
    form.plan.choices = options([("", gettext("What the document says")), *plans.items()])
    said = gettext("Found out: level %(level)s", level=found) if found else gettext("As the document says")
    form.action_level.choices = options(
        [(0, said), *((level, gettext("Headings of level %(level)s", level=level)) for level in levels)]
    )
    form.lists.choices = labels.options(Lists)
    form.tables.choices = labels.options(Tables)
    keep, drop = gettext("As in the version before, where the document is silent"), gettext("Only what the file says")
    form.facts.choices = options([(KEEP, keep), (DROP, drop)])
