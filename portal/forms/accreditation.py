"""Commands of accreditation: confirm or name, check, refuse, take back, make an exception."""

from __future__ import annotations

from wtforms import BooleanField, FileField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.conferences.accreditation_rules import Identification, Presence
from portal.conferences.rules import REASON_LIMIT
from portal.forms.base import CommandForm, options, row_number
from portal.forms.labels import words
from portal.kernel.words import N_

_PRESENCES = options((value.value, words(value)) for value in Presence)
_WAYS = options((value.value, words(value)) for value in Identification)


class NameForm(CommandForm):
    """Who comes for the body, how, and by which act."""

    candidate = RadioField(
        N_("Who takes part"),
        [InputRequired(N_("Choose who takes part."))],
        coerce=row_number,
        choices=[],
        validate_choice=False,
    )
    presence = RadioField(N_("How"), [InputRequired(N_("Say how."))], choices=_PRESENCES, default=Presence.ROOM.value)
    title = StringField(
        N_("Act of delegation"),
        [Length(max=200)],
        description=N_("Only for a delegate. Such as: written delegation of 12 March, prot. 4512, for this sitting."),
    )
    file = FileField(
        N_("Signed delegation"), description=N_("Only for a delegate: a PDF, or a picture of the paper, up to 5 MB.")
    )


class GrantForm(CommandForm):
    """How the secretariat knows the person."""

    identified_by = RadioField(
        N_("How was the person identified?"), [InputRequired(N_("Say how the person was identified."))], choices=_WAYS
    )


class ReasonForm(CommandForm):
    """Refuse a proposal, or take back what was granted."""

    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Say why.")), Length(max=REASON_LIMIT)],
        description=N_("The person and the body read it."),
    )


class LateForm(GrantForm):
    """Let somebody in after the deadline."""

    candidate = RadioField(
        N_("Who takes the seat"),
        [InputRequired(N_("Choose who takes the seat."))],
        coerce=row_number,
        choices=[],
        validate_choice=False,
    )
    presence = RadioField(N_("How"), [InputRequired(N_("Say how."))], choices=_PRESENCES, default=Presence.ROOM.value)
    title = StringField(N_("Act of delegation"), [Length(max=200)], description=N_("Only for a delegate."))
    reason = TextAreaField(N_("Reason for the exception"), [InputRequired(N_("Say why.")), Length(max=REASON_LIMIT)])
    sure = BooleanField(
        N_("I have seen the person and checked the papers"), [InputRequired(N_("Tick the box to go on."))]
    )
