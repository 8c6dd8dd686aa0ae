"""Forms of answers."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from portal.drafting.rules import MIN_REASON, NOTE_LIMIT, TEXT_LIMIT, Outcome
from portal.forms.base import CommandForm
from portal.forms.labels import words
from portal.kernel.words import N_

OUTCOME_HINTS: dict[str, str] = {
    Outcome.ACCEPTED.value: N_("The text changes as asked."),
    Outcome.PARTIALLY_ACCEPTED.value: N_("A part of it is taken up: say which."),
    Outcome.NOT_ACCEPTED.value: N_("The text stays: say why."),
    Outcome.ALREADY_PROVIDED.value: N_("The plan says it already: say where."),
    Outcome.NOT_PERTINENT.value: N_("It is for another plan or another body: say which."),
    Outcome.DEFERRED.value: N_("It will be dealt with in carrying out the action: say when."),
    Outcome.NOTED.value: N_("Support, commitments and remarks that ask for nothing."),
}


def _number(value: str | int | None) -> int:
    number = int(value or 0)
    if not 0 <= number < 2**31:
        raise ValueError(N_("This is not the number of anything."))
    return number


class ChoosingForm(CommandForm):
    """An act on many remarks: which ones; each is an id of a remark."""

    chosen = SelectMultipleField(N_("Remarks"), coerce=_number, validate_choice=False)


class AssignForm(ChoosingForm):
    """Give remarks to an officer."""

    officer = SelectField(N_("Assign to"), coerce=_number, validate_choice=False)


class PublishForm(ChoosingForm):
    """Publish approved answers."""


class ProposeForm(CommandForm):
    """An outcome with its reasons, over the revision that was seen."""

    LIMIT = TEXT_LIMIT
    LEAST = MIN_REASON

    outcome = RadioField(
        N_("Outcome"),
        choices=[SelectChoice(outcome.value, words(outcome)) for outcome in Outcome],
        validators=[InputRequired(N_("Choose an outcome."))],
    )
    text = TextAreaField(
        N_("Reasoned answer"),
        description=N_("What was decided and why, in words that the author can check against the plan's text."),
    )
    revision = HiddenField(filters=[_number])


class ApproveForm(CommandForm):
    """Approve the revision that was read."""

    revision = HiddenField(filters=[_number])


class ReturnForm(CommandForm):
    """Give an answer back with a note."""

    LIMIT = NOTE_LIMIT

    revision = HiddenField(filters=[_number])
    why = TextAreaField(N_("What has to change"), description=N_("The officer reads this; it is never published."))


class NoteForm(CommandForm):
    """An internal note."""

    LIMIT = NOTE_LIMIT

    note = TextAreaField(
        N_("New internal note"), description=N_("Read by the drafting team and the secretariat, never published.")
    )
