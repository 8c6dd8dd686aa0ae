"""The columns of the export and what each of them means: the data dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portal.kernel.words import N_


class Profile(StrEnum):
    """For whom an export is made."""

    PUBLIC = "public"
    RESERVED = "reserved"


class Format(StrEnum):
    """How an export is written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    ODS = "ods"


TEXTS = frozenset({Format.CSV, Format.JSON})  # the others are sheets: zipped, with a type for every cell


@dataclass(frozen=True)
class Column:
    """A column: its name in the file, its type, what it means, and whether only the reserved profile has it."""

    name: str
    kind: str  # text | number | date | instant | code | truth
    meaning: str
    reserved: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("number", "number", N_("Public number of the remark; it never changes.")),
    Column(
        "submission", "number", N_("Number of the act by which the body sent it; one act can hold several remarks.")
    ),
    Column("plan", "text", N_("Title of the plan.")),
    Column("version", "number", N_("Version of the plan that the remark speaks of.")),
    Column("consultation", "text", N_("Title of the consultation in which it was received.")),
    Column("body_code", "code", N_("Address of the body on this portal: the ISTAT code for a Comune.")),
    Column("body", "text", N_("Name of the body that sent the remark.")),
    Column("body_kind", "code", N_("What the body is: municipality, union_of_municipalities, forum_organisation...")),
    Column("residents", "number", N_("Residents that the body stands for; an Unione stands for its members.")),
    Column("residents_date", "date", N_("Day to which the number of residents refers.")),
    Column("residents_source", "text", N_("Source of the number of residents.")),
    Column("kind", "code", N_("What the remark asks for: support, change_request, objection, question...")),
    Column(
        "action", "code", N_("Code of the action that it speaks of; empty if it speaks of a section or the whole plan.")
    ),
    Column("section", "code", N_("Code of the section that it speaks of, if it is not an action.")),
    Column(
        "paragraph", "number", N_("Number of the paragraph within the action or section; empty for the whole of it.")
    ),
    Column("paragraph_key", "code", N_("Stable address of the paragraph within the page of its action.")),
    Column(
        "passages", "text", N_("The very words of the plan that it speaks of, separated by bars; empty for all of it.")
    ),
    Column(
        "other_paragraphs",
        "code",
        N_("Stable addresses of other paragraphs that it speaks of, with semicolons between."),
    ),
    Column("territory", "text", N_("Comuni that the remark names, separated by semicolons.")),
    Column("observation", "text", N_("What the body observes, as it was typed.")),
    Column("proposed_text", "text", N_("The wording that the body proposes, if any.")),
    Column("reasons", "text", N_("The reasons that the body gives.")),
    Column("files", "text", N_("Names of the files that go with it, separated by bars.")),
    Column("files_sha256", "code", N_("SHA-256 of each of these files, in the same order, separated by bars.")),
    Column("on_behalf", "truth", N_("True if the secretariat registered it on behalf of the body, from a letter.")),
    Column(
        "masked", "truth", N_("True if a passage or a file is hidden; [passo oscurato] stands in place of a passage.")
    ),
    Column("submitted_at", "instant", N_("Instant at which it was received, in UTC.")),
    Column("late", "truth", N_("True if it was received after the deadline.")),
    Column("state", "code", N_("Where the remark stands: submitted, admitted, not_admitted, withdrawn.")),
    Column("decided_at", "instant", N_("Instant of the decision on admission that holds.")),
    Column("reason_code", "code", N_("Why it was not admitted, as a code."), True),
    Column("outcome", "code", N_("What became of it: accepted, partially_accepted, not_accepted, already_provided...")),
    Column("answer", "text", N_("The reasoned answer, once it is public.")),
    Column("answered_at", "instant", N_("Instant at which the answer became public.")),
    Column("demonstration", "truth", N_("True if the data are invented, to show how the portal works.")),
    Column("sha256", "code", N_("SHA-256 of the canonical content of the submission, as on its receipt."), True),
    Column("signed_by", "text", N_("Who signed the submission for the body."), True),
    Column("decision_text", "text", N_("What the secretariat wrote to the author about admission."), True),
    Column("decided_by", "text", N_("Who decided on admission."), True),
    Column("answer_state", "code", N_("How far the answer is: assigned, proposed, approved, published."), True),
    Column("officer", "text", N_("Officer to whom the remark is assigned."), True),
    Column("proposed_by", "text", N_("Who proposed the answer."), True),
    Column("approved_by", "text", N_("Who approved the answer."), True),
    Column("themes", "text", N_("Themes under which the drafting team put it, separated by semicolons."), True),
    Column(
        "group",
        "number",
        N_("First number of the group of remarks that ask the same, itself if it is the first; empty without a group."),
        True,
    ),
    Column(
        "answer_of",
        "number",
        N_("Number of the remark for which its answer was written, where one answer serves several."),
        True,
    ),
    Column("internal_notes", "number", N_("How many internal notes the drafting team wrote about it."), True),
)


def of(profile: Profile) -> tuple[Column, ...]:
    """The columns of a profile in the order of the file."""
    return tuple(column for column in COLUMNS if profile is Profile.RESERVED or not column.reserved)
