"""Commands of the hall: who comes and goes, roll calls, the session, its items, incidents."""

from __future__ import annotations

from wtforms import BooleanField, DateTimeLocalField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from portal.conferences.hall.rules import CONCLUSION_LIMIT, INCIDENT_LIMIT, REASON_LIMIT, IncidentKind, Way
from portal.conferences.rules import LINE_LIMIT
from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_

_CODE_LIMIT = 500  # a scanner gives the whole address of a badge
YES, NO = "yes", "no"
UP, DOWN = "up", "down"


class ScanForm(CommandForm):
    """A badge, read by a scanner or typed: in, or out."""

    code = StringField(
        N_("Badge"),
        [InputRequired(N_("Hold a badge to the scanner, or type its code.")), Length(max=_CODE_LIMIT)],
    )
    leaving = HiddenField(validators=[AnyOf([YES, NO], N_("Choose one of the answers."))], default=NO)


class EnterForm(CommandForm):
    """Somebody is there: in the hall or from afar."""

    way = HiddenField(validators=[AnyOf([way.value for way in Way], N_("Choose one of the answers."))])


class SettleForm(CommandForm):
    """What the desk makes of somebody's own word."""

    confirmed = HiddenField(validators=[AnyOf([YES, NO], N_("Choose one of the answers."))])
    reason = StringField(N_("Reason"), [Length(max=REASON_LIMIT)])


class RollForm(CommandForm):
    """Call the roll of a call."""

    call = HiddenField()

    @property
    def call_number(self) -> int:
        """Which call; zero, which there is not, if the form names none."""
        return row_number(self.call.data)


class AnswerForm(CommandForm):
    """What a seat answers."""

    answer = HiddenField(validators=[AnyOf([YES, NO], N_("Choose one of the answers."))])


class OpenForm(CommandForm):
    """Declare the session open."""

    chair = StringField(
        N_("Who presides"), [InputRequired(N_("Write who presides.")), Length(max=LINE_LIMIT)]
    )  # fmt: skip
    secretary = StringField(
        N_("Who writes the minutes"), [InputRequired(N_("Write who writes the minutes.")), Length(max=LINE_LIMIT)]
    )


class SureForm(CommandForm):
    """An act that cannot be taken back."""

    sure = BooleanField(N_("I have checked"), [InputRequired(N_("Tick the box to go on."))])


class SuspendForm(CommandForm):
    """The session stands still."""

    reason = StringField(N_("Reason"), [Length(max=REASON_LIMIT)])
    resumes_at = DateTimeLocalField(
        N_("It goes on at"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
    )


class NextForm(CommandForm):
    """The next item, after the one that the page shows."""

    after = HiddenField()

    @property
    def after_id(self) -> int | None:
        """The item in discussion as the page knew it."""
        return row_number(self.after.data) or None


class ConclusionForm(CommandForm):
    """What came of an item."""

    conclusion = TextAreaField(N_("What came of it"), [Length(max=CONCLUSION_LIMIT)])


class MoveForm(CommandForm):
    """An item earlier or later."""

    by = HiddenField(validators=[AnyOf([UP, DOWN], N_("Choose one of the answers."))])


class IncidentForm(CommandForm):
    """Something that disturbs the sitting."""

    kind = RadioField(
        N_("Kind"),
        choices=[SelectChoice(kind.value, words(kind)) for kind in IncidentKind],
        validators=[InputRequired(N_("Choose one of these."))],
        default=IncidentKind.TECHNICAL.value,
    )
    text = TextAreaField(
        N_("What happened"),
        [InputRequired(N_("Write what happened.")), Length(max=INCIDENT_LIMIT)],
        description=N_("It goes into the minutes."),
    )
