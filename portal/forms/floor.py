"""Commands of the floor: ask, write down, give, refuse, put in order, note what was said."""

from __future__ import annotations

from wtforms import FileField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from portal.conferences.floor.give import MOST_MINUTES
from portal.conferences.floor.rules import (
    REASON_LIMIT,
    SPEAKER_LIMIT,
    SYNOPSIS_LIMIT,
    FloorKind,
    Ordering,
    SpeechKind,
)
from portal.forms.base import CommandForm, options, row_number
from portal.forms.labels import words
from portal.kernel.words import N_

UP, DOWN = "up", "down"


def _minutes() -> IntegerField:
    return IntegerField(
        N_("How many minutes"),
        [Optional(), NumberRange(1, MOST_MINUTES, N_("From 1 to 120 minutes."))],
        description=N_("If they are others than those of the rules."),
    )


class AskForm(CommandForm):
    """Ask for the floor; `client_key` stays the same when the same page is sent again."""

    client_key = HiddenField(validators=[InputRequired(N_("Open the page again, and ask once more.")), Length(max=32)])
    kind = HiddenField(validators=[AnyOf([kind.value for kind in FloorKind], N_("Say why you ask for the floor."))])

    @property
    def key(self) -> str:
        """Two buttons of one page are two requests, one button pressed twice is one."""
        return f"{self.client_key.data}-{self.kind.data}"


class DeskForm(CommandForm):
    """Write somebody down, or give the floor at once: who is present for a seat, and for what."""

    client_key = HiddenField(validators=[Length(max=32)])
    seat = SelectField(N_("Who"), validate_choice=False, validators=[InputRequired(N_("Choose who."))])
    kind = SelectField(N_("For what"), choices=options((kind.value, words(kind)) for kind in FloorKind))
    minutes = _minutes()

    @property
    def number(self) -> int:
        """The number of the seat; zero, which no seat has, if it is none."""
        return row_number(self.seat.data)

    @property
    def key(self) -> str:
        """Pressed twice it asks once."""
        return f"{self.client_key.data or 'desk'}-{self.kind.data}"


class GuestForm(CommandForm):
    """Give the floor to somebody who holds no seat."""

    speaker = StringField(
        N_("Name and office"),
        [InputRequired(N_("Write who speaks.")), Length(max=SPEAKER_LIMIT)],
        description=N_("As the minutes will say it."),
    )
    guest_kind = SelectField(
        N_("For what"),
        choices=options(
            (kind.value, words(kind)) for kind in (SpeechKind.REPORT, SpeechKind.REPLY, SpeechKind.ORDINARY)
        ),
    )
    minutes = _minutes()


class RefuseForm(CommandForm):
    """Refuse a request; whoever asked reads why."""

    reason = StringField(N_("Reason"), [InputRequired(N_("Write the reason.")), Length(max=REASON_LIMIT)])


class MoveForm(CommandForm):
    """One place up or down."""

    by = HiddenField(validators=[AnyOf([UP, DOWN])])


class SpeechForm(CommandForm):
    """An act on the speech that its page showed: `after` is its number, zero if nobody spoke."""

    after = IntegerField(validators=[Optional()])


class ExtendForm(CommandForm):
    """So many seconds more than `limit`, which the page showed."""

    limit = IntegerField(validators=[Optional()])
    seconds = IntegerField(validators=[InputRequired(), NumberRange(10, 1800)])


class OrderingForm(CommandForm):
    """The rule by which the floor is given."""

    ordering = RadioField(N_("Whose turn it is"), choices=options((rule.value, words(rule)) for rule in Ordering))


class SynopsisForm(CommandForm):
    """What a speech said, in short."""

    synopsis = TextAreaField(
        N_("Synopsis"),
        [Length(max=SYNOPSIS_LIMIT)],
        description=N_("A few sentences for the minutes. Whoever spoke is named there already."),
    )


class SpeechTextForm(CommandForm):
    """The text that a speaker handed in."""

    file = FileField(N_("Text handed in"), description=N_("PDF or picture, up to 5 MB."))
