"""Commands of opinions: register a request, write a text and its remarks, tie, vote, dissent, transmit, override."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_
from portal.opinions.rules import LINE_LIMIT, REASON_LIMIT, SUBJECT_LIMIT, TEXT_LIMIT, OpinionKind
from portal.voting.rules import QUESTION_LIMIT, Mode

_INSTANTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
_CHOOSE = N_("Choose one of these.")


class RegisterForm(CommandForm):
    """The Council's act, as it arrived."""

    version = SelectField(
        N_("Version of the plan"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False
    )
    subject = StringField(
        N_("What the opinion is about"), [InputRequired(N_("Write it in a line.")), Length(max=SUBJECT_LIMIT)]
    )
    act_number = StringField(
        N_("Number of the act"),
        [InputRequired(N_("Write the number of the act.")), Length(max=60)],
        description=N_("Resolution of the Council by which the opinion is asked for."),
    )
    act_date = DateField(N_("Date of the act"), [InputRequired(N_("Choose the date of the act."))])
    received_at = DateTimeLocalField(
        N_("Received on"), [InputRequired(N_("Say when it arrived."))], format=_INSTANTS
    )  # fmt: skip


class TextForm(CommandForm):
    """What the Conferenza is asked to pass."""

    kind = RadioField(
        N_("The text is"),
        [InputRequired(_CHOOSE)],
        choices=[SelectChoice(kind.value, words(kind)) for kind in OpinionKind],
    )
    text = TextAreaField(N_("Text of the opinion"), [InputRequired(N_("Write the text.")), Length(max=TEXT_LIMIT)])


class RemarkForm(CommandForm):
    """A numbered remark: one place, one request, one reason."""

    target = SelectField(N_("Action or paragraph"), [InputRequired(_CHOOSE)], choices=[], validate_choice=False)
    request = TextAreaField(
        N_("What is asked for"), [InputRequired(N_("Write what is asked for.")), Length(max=REASON_LIMIT)]
    )
    reason = TextAreaField(N_("Why"), [InputRequired(N_("Write why.")), Length(max=REASON_LIMIT)])
    comment = IntegerField(
        N_("Number of a remark of the consultation"),
        [Optional(), NumberRange(min=1)],
        description=N_("Where the request takes up a public remark."),
    )

    @property
    def rows(self) -> tuple[int | None, int | None]:
        """The action or the paragraph that was chosen."""
        kind, _, number = str(self.target.data or "").partition("-")
        found = row_number(number)
        return (found if kind == "a" else None), (found if kind == "p" else None)


class TieForm(CommandForm):
    """The item of a sitting under which the opinion is given."""

    item = SelectField(
        N_("Item of a sitting"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False
    )


class VoteForm(CommandForm):
    """Put the text to the vote."""

    sitting = SelectField(N_("Sitting"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False)
    question = TextAreaField(N_("Question"), [InputRequired(N_("Write the question.")), Length(max=QUESTION_LIMIT)])
    mode = RadioField(
        N_("How the vote is taken"),
        [InputRequired(_CHOOSE)],
        choices=[SelectChoice(mode.value, words(mode)) for mode in Mode],
    )


class DissentForm(CommandForm):
    """What a body that did not agree declared."""

    body = SelectField(N_("Body"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False)
    text = TextAreaField(N_("What it declared"), [InputRequired(N_("Write it down.")), Length(max=REASON_LIMIT)])


class TransmitForm(CommandForm):
    """When, to whom and how the document was sent."""

    to = StringField(N_("Sent to"), [InputRequired(N_("Say to whom.")), Length(max=LINE_LIMIT)])
    by = StringField(
        N_("How"),
        [InputRequired(N_("Say how it was sent.")), Length(max=LINE_LIMIT)],
        description=N_("Such as: certified mail, protocol n. 1234."),
    )
    at = DateTimeLocalField(N_("Sent on"), [InputRequired(N_("Say when it was sent."))], format=_INSTANTS)


class OverrideForm(CommandForm):
    """Ask that the Council may go on all the same."""

    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Write the reason.")), Length(max=REASON_LIMIT)],
        description=N_("Everybody reads it. A second person confirms it within two days."),
    )
    sure = BooleanField(
        N_("I know that the opinion is required by the Statute"), [InputRequired(N_("Tick the box to go on."))]
    )
