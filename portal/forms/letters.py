"""Commands about letters: take one in, split it, register it."""

from __future__ import annotations

from wtforms import (
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)  # fmt: skip
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.comments.registration_rules import PROTOCOL_LIMIT, TEXT_LIMIT, LetterChannel, Part
from portal.comments.rules import CommentKind
from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.offices import SIGNATORIES, Office
from portal.kernel.words import N_

NEW, NOTHING, FREE, POINT = "new", "nothing", "free", "p"
_INSTANTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class LetterForm(CommandForm):
    """What stands on a letter and on its protocol."""

    LIMIT = TEXT_LIMIT

    consultation = SelectField(N_("Consultation"), coerce=row_number, validate_choice=False)
    body = SelectField(
        N_("Body that wrote it"),
        coerce=row_number,
        validate_choice=False,
        validators=[InputRequired(N_("Choose the body."))],
    )
    channel = RadioField(
        N_("How it came"),
        choices=[SelectChoice(channel.value, words(channel)) for channel in LetterChannel],
        default=LetterChannel.PEC.value,
    )
    protocol_number = StringField(
        N_("Protocol number"),
        validators=[InputRequired(N_("Write the number that the protocol gave it.")), Length(max=PROTOCOL_LIMIT)],
        description=N_("As your protocol gave it: the portal gives none."),
    )
    protocol_date = DateField(N_("Protocol date"), validators=[InputRequired(N_("Say the day of the protocol."))])
    received_on = DateTimeLocalField(
        N_("Received on, hour of Rome"),
        format=_INSTANTS,
        validators=[InputRequired(N_("Say when it came."))],
        description=N_("Whether it is late is decided by this instant."),
    )
    signed_as = SelectField(N_("Signed by"), validate_choice=False)
    text = TextAreaField(
        N_("Text of the letter"),
        validators=[InputRequired(N_("Write or paste the text of the letter.")), Length(max=TEXT_LIMIT)],
        description=N_(
            "The whole text, word by word: it is split on the next page. The document itself is attached there."
        ),
    )
    client_key = HiddenField()
    revision = HiddenField(default="0")

    @property
    def office(self) -> Office | None:
        """The office in which the letter was signed, if it says so."""
        return next((office for office in SIGNATORIES if office.value == self.signed_as.data), None)


class WhereForm(CommandForm):
    """Where a remark stands, and of which kind it is."""

    where = SelectField(N_("Where"), validate_choice=False)
    paragraph = IntegerField(
        N_("Paragraph"), validators=[Optional(), NumberRange(1, 9999, N_("Write the number of a paragraph."))]
    )
    kind = SelectField(
        N_("Kind"), choices=[SelectChoice(kind.value, words(kind)) for kind in CommentKind], validate_choice=True
    )
    revision = HiddenField()


class SplitForm(WhereForm):
    """What becomes of the passages that were chosen."""

    passages = SelectMultipleField(N_("Passages"), validate_choice=False)
    what = RadioField(N_("The chosen passages"), validate_choice=False, default=NEW)
    part = SelectField(
        N_("As"),
        choices=[SelectChoice(part.value, words(part)) for part in Part],
        default=Part.OBSERVATION.value,
    )

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """The chosen stretches; what is no stretch becomes one that no letter has."""
        return [_range(value) for value in self.passages.data or ()]

    @property
    def point_id(self) -> int:
        """The remark that was chosen, zero if it is none."""
        value = str(self.what.data or "")
        return row_number(value[1:]) if value.startswith(POINT) else 0


class ActForm(CommandForm):
    """An act on a letter as the page showed it."""

    revision = HiddenField()


def _range(value: str) -> tuple[int, int]:
    start, _, end = value.partition("-")
    if not (start.isascii() and start.isdecimal() and end.isascii() and end.isdecimal() and len(value) < 20):
        return -1, -1
    return int(start), int(end)
