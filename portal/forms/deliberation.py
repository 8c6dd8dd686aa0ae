"""Commands of a discussion of the Forum: its hours, tables, notes, proposals, statements, and how they are weighed."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import DateField, DateTimeLocalField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_
from portal.opinions.deliberation.rules import (
    NOTE_LIMIT,
    REASON_LIMIT,
    REQUEST_LIMIT,
    STATEMENT_LIMIT,
    TITLE_LIMIT,
    Decision,
    Origin,
    Weight,
)

_INSTANTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
_CHOOSE = N_("Choose one of these.")


class HoursForm(CommandForm):
    """From when until when the Forum discusses."""

    begins_at = DateTimeLocalField(N_("It begins on"), [InputRequired(N_("Say when it begins."))], format=_INSTANTS)
    ends_at = DateTimeLocalField(
        N_("It ends on"),
        [InputRequired(N_("Say when it ends."))],
        format=_INSTANTS,
        description=N_("At this instant statements are weighed no more, and results become public."),
    )


class EndForm(CommandForm):
    """Another end."""

    ends_at = DateTimeLocalField(N_("It ends on"), [InputRequired(N_("Say when it ends."))], format=_INSTANTS)


class TableForm(CommandForm):
    """A thematic table."""

    title = StringField(
        N_("What the table is about"), [InputRequired(N_("Write it in a line.")), Length(max=TITLE_LIMIT)]
    )
    section = SelectField(N_("Part of the plan"), coerce=row_number, choices=[], validate_choice=False)
    coordinator = SelectField(N_("Who coordinates it"), coerce=row_number, choices=[], validate_choice=False)


class SeatForm(CommandForm):
    """An organisation that is put at a table."""

    body = SelectField(
        N_("Organisation"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False
    )


class NoteForm(CommandForm):
    """What a table talked about on a day."""

    held_on = DateField(N_("Day of the meeting"), [InputRequired(N_("Choose a day."))])
    text = TextAreaField(N_("Text of the note"), [InputRequired(N_("Write the note.")), Length(max=NOTE_LIMIT)])


class NoteTextForm(CommandForm):
    """A further version of a note."""

    text = TextAreaField(N_("Text of the note"), [InputRequired(N_("Write the note.")), Length(max=NOTE_LIMIT)])


class ProposalForm(CommandForm):
    """What a table would have the opinion ask for."""

    target = SelectField(N_("Action or paragraph"), choices=[], validate_choice=False)
    request = TextAreaField(
        N_("What is asked for"), [InputRequired(N_("Write what is asked for.")), Length(max=REQUEST_LIMIT)]
    )
    reason = TextAreaField(N_("Why"), [InputRequired(N_("Write why.")), Length(max=REASON_LIMIT)])

    @property
    def rows(self) -> tuple[int | None, int | None]:
        """The action or the paragraph that was chosen, if one was."""
        kind, _, number = str(self.target.data or "").partition("-")
        found = row_number(number)
        return (found if kind == "a" else None), (found if kind == "p" else None)


class StatementForm(CommandForm):
    """One idea in a line."""

    text = TextAreaField(
        N_("Statement"),
        [InputRequired(N_("Write the statement.")), Length(max=STATEMENT_LIMIT)],
        description=N_("One idea alone, in words with which one can agree or disagree."),
    )
    table = SelectField(N_("Thematic table"), coerce=row_number, choices=[], validate_choice=False)


class PutForwardForm(StatementForm):
    """The same by the secretariat, in its own name or in the rapporteur's."""

    origin = RadioField(
        N_("Whose statement it is"),
        [InputRequired(_CHOOSE)],
        choices=[SelectChoice(one.value, words(one)) for one in (Origin.SECRETARIAT, Origin.RAPPORTEUR)],
    )


class RewordForm(CommandForm):
    """Other words for the same idea."""

    text = TextAreaField(N_("Statement"), [InputRequired(N_("Write the statement.")), Length(max=STATEMENT_LIMIT)])


class DecisionForm(CommandForm):
    """What becomes of an offered statement."""

    decision = RadioField(
        N_("Decision"), [InputRequired(_CHOOSE)], choices=[SelectChoice(one.value, words(one)) for one in Decision]
    )
    reason = TextAreaField(
        N_("Reason"),
        [Optional(), Length(max=REASON_LIMIT)],
        description=N_("Everybody reads it. A statement that is not admitted needs one."),
    )
    into = IntegerField(N_("Number of the statement that says the same"), [Optional()])


class WeighForm(CommandForm):
    """How an organisation weighs one statement."""

    number = IntegerField(validators=[InputRequired(_CHOOSE)])
    weight = RadioField(
        N_("Your answer"),
        [InputRequired(_CHOOSE)],
        choices=[SelectChoice(one.value, words(one)) for one in Weight],
    )


class AnswersForm(CommandForm):
    """A list of answers: one field for each statement, named by its number."""

    def answers(self, posted: Mapping[str, str]) -> dict[int, Weight]:
        """What was chosen; a field that was left alone says nothing."""
        given = {row_number(name[2:]): str(value) for name, value in posted.items() if name.startswith("n-")}
        known = {one.value for one in Weight}
        return {number: Weight(value) for number, value in given.items() if number and value in known}
