"""Forms of answers."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
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


class TagRemarksForm(ChoosingForm):
    """Put remarks under a theme."""

    tag = SelectField(N_("Theme"), coerce=_number, validate_choice=False)


class TagForm(CommandForm):
    """A theme with its officer."""

    name = StringField(N_("Name of the theme"), description=N_("Such as: Trains and stations."))
    officer = SelectField(
        N_("Officer of the theme"),
        coerce=_number,
        description=N_("A remark that comes under the theme goes to this person, while nobody has it."),
    )


class ViewForm(CommandForm):
    """Filters under a name."""

    name = StringField(N_("Name of the view"))
    shared = BooleanField(N_("Show it to the whole drafting office"))
    filters = HiddenField()


class PairForm(CommandForm):
    """Two remarks, by id."""

    one = HiddenField(filters=[_number])
    other = HiddenField(filters=[_number])


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
    serves = BooleanField(
        N_("Use this answer for all the remarks of the group"),
        description=N_("Each keeps its own number and page; those that have another answer are left as they are."),
    )


class DraftForm(CommandForm):
    """What is being written, as far as it has come."""

    outcome = StringField(filters=[lambda value: value if value in set(Outcome) else ""])
    text = TextAreaField()
    revision = HiddenField(filters=[_number])


class ApproveForm(CommandForm):
    """Approve the revision that was read, for the remarks that it serves as well if asked."""

    revision = HiddenField(filters=[_number])
    serves = BooleanField(N_("Approve it for the remarks that it serves as well"))


class ReturnForm(CommandForm):
    """Give an answer back with a note."""

    LIMIT = NOTE_LIMIT

    revision = HiddenField(filters=[_number])
    why = TextAreaField(N_("What has to change"), description=N_("The officer reads this; it is never published."))


class NoteForm(CommandForm):
    """An internal note."""

    LIMIT = NOTE_LIMIT

    note = TextAreaField(
        N_("New internal note"),
        description=N_(
            "Read by the drafting team and the secretariat, never published. Write @ and a name to call a colleague."
        ),
    )
    called = SelectMultipleField(N_("Colleagues to call"), coerce=_number, validate_choice=False)
