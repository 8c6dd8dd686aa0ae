"""Commands about requests to the Forum: register, interrupt, restart, withdraw, transmit, answer."""

from __future__ import annotations

from wtforms import BooleanField, DateField, DateTimeLocalField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_
from portal.opinions.requests.rules import ACT_LIMIT, LINE_LIMIT, REASON_LIMIT, SUBJECT_LIMIT, AnswerOutcome

_INSTANTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
_CHOOSE = N_("Choose one of these.")


class RegisterForm(CommandForm):
    """The Council's act, as it arrived at the Forum."""

    forum = SelectField(N_("Forum"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False)
    version = SelectField(
        N_("Version of the plan"), [InputRequired(_CHOOSE)], coerce=row_number, choices=[], validate_choice=False
    )
    subject = StringField(
        N_("What the opinion is about"), [InputRequired(N_("Write it in a line.")), Length(max=SUBJECT_LIMIT)]
    )
    act_number = StringField(
        N_("Number of the act"),
        [InputRequired(N_("Write the number of the act.")), Length(max=ACT_LIMIT)],
        description=N_("Act of the Council by which the opinion is asked for."),
    )
    act_date = DateField(N_("Date of the act"), [InputRequired(N_("Choose the date of the act."))])
    received_at = DateTimeLocalField(
        N_("Received by the Forum on"),
        [InputRequired(N_("Say when it arrived."))],
        format=_INSTANTS,
        description=N_("The term runs from this day, which is not counted."),
    )


class InterruptForm(CommandForm):
    """What the Forum asks the Council for."""

    reason = TextAreaField(
        N_("What is needed, and why"),
        [InputRequired(N_("Write what is needed.")), Length(max=REASON_LIMIT)],
        description=N_("Everybody reads it. It can be done once: no term runs until the answer arrives."),
    )


class RestartForm(CommandForm):
    """What arrived."""

    answer = TextAreaField(
        N_("What arrived"),
        [InputRequired(N_("Write what arrived.")), Length(max=REASON_LIMIT)],
        description=N_("Such as: note n. 1234 of the Council with the costs of the actions."),
    )
    answered_at = DateTimeLocalField(
        N_("Arrived on"), [InputRequired(N_("Say when it arrived."))], format=_INSTANTS
    )  # fmt: skip


class WithdrawForm(CommandForm):
    """The act by which the Council takes the request back."""

    act_number = StringField(
        N_("Number of the act"), [InputRequired(N_("Write the number of the act.")), Length(max=ACT_LIMIT)]
    )
    act_date = DateField(N_("Date of the act"), [InputRequired(N_("Choose the date of the act."))])
    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Write the reason.")), Length(max=REASON_LIMIT)],
        description=N_("Everybody reads it."),
    )
    sure = BooleanField(
        N_("I know that nothing more can be done about this request"), [InputRequired(N_("Tick the box to go on."))]
    )


class SendForm(CommandForm):
    """The letter by which a document went to the Council."""

    to = StringField(N_("Sent to"), [InputRequired(N_("Say to whom.")), Length(max=LINE_LIMIT)])
    register_number = StringField(
        N_("Register number"),
        [InputRequired(N_("Write the number under which it left.")), Length(max=ACT_LIMIT)],
        description=N_("Such as: prot. 1234/2027."),
    )
    at = DateTimeLocalField(N_("Sent on"), [InputRequired(N_("Say when it was sent."))], format=_INSTANTS)


class AnswerForm(CommandForm):
    """What the Council answers to a remark."""

    outcome = RadioField(
        N_("The remark is"),
        [InputRequired(_CHOOSE)],
        choices=[SelectChoice(one.value, words(one)) for one in AnswerOutcome],
    )
    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Write the reason.")), Length(max=REASON_LIMIT)],
        description=N_("Everybody reads it beside the remark."),
    )
