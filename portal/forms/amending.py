"""Commands of the Forum's text: rapporteur, sections, sources, opening, amendments, what becomes of them."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from wtforms import DateTimeLocalField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_
from portal.opinions.amending.rules import (
    HEADING_LIMIT,
    REASON_LIMIT,
    SAID_LIMIT,
    TEXT_LIMIT,
    AmendmentKind,
    SourceKind,
)
from portal.opinions.rules import OpinionKind

_INSTANTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
_CHOOSE = N_("Choose one of these.")


class Arrangement(StrEnum):
    """What can be done with a remark of the draft by one button."""

    UP = "up"
    DOWN = "down"
    REMOVE = "remove"
    RESTORE = "restore"


class Disposition(StrEnum):
    """What can be done with an amendment."""

    ACCEPT = "accept"
    TO_VOTE = "to_vote"
    REFUSE = "refuse"


DISPOSITIONS: dict[Disposition, str] = {
    Disposition.ACCEPT: N_("Take it into the text"),
    Disposition.TO_VOTE: N_("Put it to the vote"),
    Disposition.REFUSE: N_("Inadmissible"),
}


def kinds(*but: AmendmentKind) -> list[SelectChoice]:
    """What can be asked for."""
    return [SelectChoice(kind.value, words(kind)) for kind in AmendmentKind if kind not in but]


def dispositions(may: Collection[Disposition]) -> list[SelectChoice]:
    """What can become of an amendment, as far as the reader may say so."""
    return [SelectChoice(one.value, said) for one, said in DISPOSITIONS.items() if one in may]


class RapporteurForm(CommandForm):
    """Who writes the draft."""

    rapporteur = SelectField(
        N_("Rapporteur"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False
    )


class KindForm(CommandForm):
    """What the text says of the plan."""

    kind = RadioField(
        N_("The opinion is"),
        [InputRequired(_CHOOSE)],
        choices=[SelectChoice(kind.value, words(kind)) for kind in OpinionKind],
    )


class _Targeted(CommandForm):
    """A form with a place of the plan in it."""

    @property
    def rows(self) -> tuple[int | None, int | None]:
        """The action or the paragraph that was chosen."""
        kind, _, number = str(self["target"].data or "").partition("-")
        found = row_number(number)
        return (found if kind == "a" and found else None), (found if kind == "p" and found else None)


class SectionForm(_Targeted):
    """The words of a section; a remark also has a place in the plan and a reason."""

    base = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=1)])
    heading = StringField(N_("Title of the remark"), [Length(max=HEADING_LIMIT)])
    target = SelectField(N_("Action or paragraph"), choices=[], validate_choice=False)
    text = TextAreaField(N_("Text"), [Length(max=TEXT_LIMIT)])
    reason = TextAreaField(N_("Why"), [Length(max=REASON_LIMIT)])


class SourceForm(CommandForm):
    """What a remark rests on."""

    kind = HiddenField(validators=[InputRequired()])
    number = IntegerField(N_("Number of a remark of the consultation"), [Optional(), NumberRange(min=0)])
    row = SelectField(
        N_("Notes, proposals and statements of the tables"), choices=[], validate_choice=False, coerce=str
    )

    @property
    def source(self) -> tuple[SourceKind, int] | None:
        """The kind and the number; nothing where none was chosen."""
        kind, number = str(self.kind.data or ""), self.number.data
        if self.row.data:
            kind, _, named = str(self.row.data).partition(":")
            number = row_number(named)
        if kind not in {one.value for one in SourceKind}:
            return None
        return SourceKind(kind), (number or 0)


class OpenForm(CommandForm):
    """Until when amendments are taken."""

    closes_at = DateTimeLocalField(
        N_("Amendments until"), [InputRequired(N_("Say until when."))], format=_INSTANTS
    )  # fmt: skip


class AmendmentForm(CommandForm):
    """A change of a section."""

    base = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=1)])
    kind = RadioField(
        N_("What you ask for"),
        [InputRequired(_CHOOSE)],
        choices=kinds(),
    )
    text = TextAreaField(
        N_("The text as it should read"),
        [Length(max=TEXT_LIMIT)],
        description=N_("Change the words here: the differences are shown below, word by word."),
    )
    opinion = SelectField(N_("Kind of opinion"), choices=[], validate_choice=False)
    reason = TextAreaField(
        N_("Why"), [InputRequired(N_("Write why.")), Length(max=REASON_LIMIT)], description=N_("It is public.")
    )


class OwnRemarkForm(_Targeted):
    """A remark of its own, after a section."""

    base = IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(min=1)])
    heading = StringField(N_("Title of the remark"), [Length(max=HEADING_LIMIT)])
    target = SelectField(N_("Action or paragraph"), [InputRequired(_CHOOSE)], choices=[], validate_choice=False)
    text = TextAreaField(
        N_("What is asked for"), [InputRequired(N_("Write what is asked for.")), Length(max=TEXT_LIMIT)]
    )
    why = TextAreaField(N_("Reason given in the text"), [InputRequired(N_("Write why.")), Length(max=REASON_LIMIT)])
    reason = TextAreaField(
        N_("Why the amendment"),
        [InputRequired(N_("Write why.")), Length(max=REASON_LIMIT)],
        description=N_("It is public."),
    )


class DisposeForm(CommandForm):
    """What becomes of an amendment."""

    act = RadioField(N_("Decision on the amendment"), [InputRequired(_CHOOSE)], choices=dispositions([*Disposition]))
    said = TextAreaField(
        N_("Reason"),
        [Length(max=SAID_LIMIT)],
        description=N_("Everybody reads it. Needed for one that is inadmissible."),
    )
