"""Commands of a delegate about themselves: being there, leaving, asking for help."""

from __future__ import annotations

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length

from portal.conferences.follow.rules import ANSWER_LIMIT, HELP_LIMIT
from portal.forms.base import CommandForm
from portal.kernel.words import N_

ROOM, REMOTE, LEAVE = "room", "remote", "leave"


class PresenceForm(CommandForm):
    """Say that one is in the room or takes part from afar, or leave."""

    act = HiddenField(
        validators=[
            InputRequired(N_("Say whether you are in the room.")),
            AnyOf([ROOM, REMOTE, LEAVE], N_("Say whether you are in the room.")),
        ]
    )


class HelpForm(CommandForm):
    """Ask the secretariat for help; `client_key` stays the same when the same page is sent again."""

    client_key = HiddenField()
    text = TextAreaField(
        N_("What do you need?"),
        [InputRequired(N_("Write what you need.")), Length(max=HELP_LIMIT)],
        description=N_("The secretariat reads it at once and answers here. It is no part of the minutes."),
    )


class AnswerForm(CommandForm):
    """Answer a delegate from the desk; an empty line says that it is done."""

    answer = StringField(N_("Answer to the delegate"), [Length(max=ANSWER_LIMIT)])
