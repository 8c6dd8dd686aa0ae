"""Commands of conferences and sittings: set up, plan, write the agenda, send, and the rules of a body's sittings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.conferences.rules import (
    LINE_LIMIT,
    LINK_LIMIT,
    MOST_MINUTES,
    REASON_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    ItemKind,
    Mode,
    Organ,
    Visibility,
)
from portal.conferences.ruleset import LINES
from portal.forms.base import CommandForm, options, row_number
from portal.forms.labels import words
from portal.kernel.offices import BodyKind, Office
from portal.kernel.words import N_

_INSTANTS = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
TICKS: dict[str, Any] = {
    "widget": widgets.ListWidget(prefix_label=False),
    "option_widget": widgets.CheckboxInput(),
}


def _choices(kind: Any) -> list[Any]:
    return options((value.value, words(value)) for value in kind)


def _title(said: str) -> StringField:
    return StringField(N_("Title"), [InputRequired(said), Length(max=TITLE_LIMIT)])


def _line(label: str, description: str = "", most: int = LINE_LIMIT) -> StringField:
    return StringField(label, [Length(max=most)], description=description)


def _needed(label: str, said: str, description: str = "", most: int = LINE_LIMIT) -> StringField:
    return StringField(label, [InputRequired(said), Length(max=most)], description=description)


def _call(label: str, *validators: Any) -> DateTimeLocalField:
    return DateTimeLocalField(label, format=_INSTANTS, validators=list(validators))


def _reason(label: str, description: str = "", *validators: Any) -> TextAreaField:
    return TextAreaField(label, [*validators, Length(max=REASON_LIMIT)], description=description)


class ConferenceForm(CommandForm):
    """Whose conference, on what, with whom."""

    organ = SelectField(N_("Who sits"), choices=_choices(Organ))
    title = _title(N_("Give it a title."))
    aim = TextAreaField(
        N_("Aim"),
        [InputRequired(N_("Say what the conference is for.")), Length(max=TEXT_LIMIT)],
        description=N_("Two or three sentences: everybody reads them."),
    )
    version = SelectField(N_("Version of the plan"), coerce=row_number, choices=[], validate_choice=False)
    actions = SelectMultipleField(
        N_("Actions on the table"), coerce=row_number, choices=[], validate_choice=False, **TICKS
    )
    guests = SelectMultipleField(
        N_("Bodies invited besides"),
        coerce=row_number,
        choices=[],
        validate_choice=False,
        description=N_("Beside those that the rule set names by itself."),
        **TICKS,
    )


class SittingForm(CommandForm):
    """All that the notice says of a sitting, less its agenda."""

    title = _title(N_("Give it a title."))
    call_1 = _call(N_("First call"), InputRequired(N_("Say when the first call is.")))
    call_2 = _call(N_("Second call"), Optional())
    call_3 = _call(N_("Third call"), Optional())
    mode = RadioField(N_("Where one takes part"), choices=_choices(Mode), default=Mode.MIXED.value)
    place = _line(N_("Venue"), N_("Room, street and town."), TITLE_LIMIT)
    remote_link = _line(N_("Address to join from afar"), N_("Only those who are called see it."), LINK_LIMIT)
    streaming_link = _line(N_("Address of the broadcast"), N_("Everybody sees it."), LINK_LIMIT)
    visibility = RadioField(N_("Who may follow"), choices=_choices(Visibility), default=Visibility.PUBLIC.value)
    delegations_close_at = DateTimeLocalField(
        N_("Delegations are taken until"),
        format=_INSTANTS,
        validators=[Optional()],
        description=N_("Leave it empty: the rule set says it."),
    )
    chair = _needed(N_("Who presides"), N_("Say who presides."))
    case_officer = _needed(N_("Officer in charge"), N_("Name the officer in charge of the procedure."))
    contacts = _needed(N_("Contacts"), N_("Write how the office can be reached."), most=TITLE_LIMIT)
    written_contributions = TextAreaField(N_("How to hand in written contributions"), [Length(max=TEXT_LIMIT)])
    speaking = TextAreaField(N_("How to ask to speak"), [Length(max=TEXT_LIMIT)])
    request = SelectField(
        N_("Request by a fifth of the mayors"),
        coerce=row_number,
        choices=[],
        validate_choice=False,
        description=N_("What they ask for becomes the first item."),
    )

    @property
    def calls(self) -> list[datetime]:
        """The calls that were filled in, as the form holds them."""
        return [field.data for field in (self.call_1, self.call_2, self.call_3) if field.data]


class ItemForm(CommandForm):
    """One item of the agenda."""

    kind = RadioField(N_("What is expected"), choices=_choices(ItemKind), default=ItemKind.CONTRIBUTION.value)
    title = _title(N_("Write the object of the item."))
    details = TextAreaField(N_("More about it"), [Length(max=TEXT_LIMIT)])
    rapporteur = _line(N_("Who reports"))
    minutes = IntegerField(
        N_("Planned minutes"),
        [Optional(), NumberRange(0, MOST_MINUTES, N_("Write the planned minutes, up to 600."))],
        default=0,
    )
    legal_basis = _line(N_("Legal basis"), most=TITLE_LIMIT)
    needs_papers = BooleanField(
        N_("It needs papers"), description=N_("Before the notice is sent you are told if they are missing.")
    )
    actions = SelectMultipleField(
        N_("Actions it is about"), coerce=row_number, choices=[], validate_choice=False, **TICKS
    )


class PaperForm(CommandForm):
    """A document for an item."""

    title = _line(N_("Title of the paper"), N_("Without one, the name of the file is shown."), TITLE_LIMIT)
    file = FileField(N_("File"), description=N_("PDF, PNG or JPEG, up to 5 MB."))


class SendForm(CommandForm):
    """Send the notice: it does not change any more."""

    reason = _reason(
        N_("Reason for not keeping a term"), N_("Everybody reads it in the notice. Needed only where a term is broken.")
    )
    sure = BooleanField(N_("I have read the notice, and send it"), [InputRequired(N_("Tick the box to go on."))])


class DropForm(CommandForm):
    """Give up a planned sitting."""

    sure = BooleanField(N_("I drop this sitting"), [InputRequired(N_("Tick the box to go on."))])


class CancelForm(CommandForm):
    """Take a convened sitting back."""

    reason = _reason(
        N_("Reason"), N_("Everybody who was called reads it."), InputRequired(N_("Say why the sitting is not held."))
    )
    sure = BooleanField(N_("I cancel the sitting"), [InputRequired(N_("Tick the box to go on."))])


class ReceiptForm(CommandForm):
    """A receipt of certified mail."""

    body = SelectField(N_("Body it comes from"), coerce=row_number, choices=[], validate_choice=False)
    file = FileField(N_("Receipt (.eml)"), description=N_("The message as your mail program saves it."))


class AskForm(CommandForm):
    """Art. 29: what the mayors ask for."""

    subject = StringField(
        N_("Object to be put on the agenda"),
        [InputRequired(N_("Write what the conference should deal with.")), Length(max=TITLE_LIMIT)],
    )
    reasons = TextAreaField(N_("Why"), [InputRequired(N_("Say why.")), Length(max=TEXT_LIMIT)])


class QuorumForm(Form):
    """The legal number of one call; empty numbers say nothing."""

    numerator = IntegerField(N_("At least"), [Optional()])
    denominator = IntegerField(N_("of"), [Optional()])
    strict = BooleanField(N_("more than"))


def _whole(name: str) -> IntegerField:
    return IntegerField(LINES[name], [InputRequired(N_("Write a number."))])


class RulesForm(CommandForm):
    """The next version of how a body sits."""

    base = IntegerField(widget=widgets.HiddenInput())
    notice_days = _whole("notice_days")
    paper_days = _whole("paper_days")
    addendum_hours = _whole("addendum_hours")
    delegation_hours = _whole("delegation_hours")
    speech_minutes = _whole("speech_minutes")
    reply_minutes = _whole("reply_minutes")
    explanation_minutes = _whole("explanation_minutes")
    most_calls = _whole("most_calls")
    request_days = IntegerField(
        LINES["request_days"],
        [InputRequired(N_("Write a number."))],
        description=N_("Zero: sittings cannot be requested."),
    )
    visibility = RadioField(N_("Who may follow"), choices=_choices(Visibility))
    entitled = SelectMultipleField(N_("Bodies entitled"), choices=_choices(BodyKind), **TICKS)
    invited = SelectMultipleField(N_("Bodies invited to speak"), choices=_choices(BodyKind), **TICKS)
    sits = SelectMultipleField(N_("Offices that sit by right"), choices=_choices(Office), **TICKS)
    by_delegation = SelectMultipleField(
        N_("Offices that can be sent by express delegation"), choices=_choices(Office), **TICKS
    )
    quorum = FieldList(FormField(QuorumForm), min_entries=3, max_entries=3)
    patron_day = _line(N_("Patron’s day of the city"), N_("Month and day, such as 09-19; empty for none."), 5)
    legal_basis = _needed(N_("Legal basis"), N_("Name the law or the article."), most=TITLE_LIMIT)
    valid_from = DateField(N_("In force from"), [InputRequired(N_("Choose the first day."))])
    reason = _reason(N_("Reason"), "", InputRequired(N_("Say why the rule changes.")))

    @property
    def definition(self) -> dict[str, Any]:
        """The rule set in its written form."""
        quorum = [
            {
                "call": call,
                "numerator": line.form.numerator.data,
                "denominator": line.form.denominator.data,
                "strict": bool(line.form.strict.data),
            }
            for call, line in enumerate(self.quorum, 1)
            if line.form.numerator.data or line.form.denominator.data
        ]
        plain: dict[str, Field] = {name: self[name] for name in LINES}
        return {
            **{name: field.data for name, field in plain.items()},
            "visibility": self.visibility.data,
            "entitled": list(self.entitled.data or ()),
            "invited": list(self.invited.data or ()),
            "sits": list(self.sits.data or ()),
            "by_delegation": list(self.by_delegation.data or ()),
            "quorum": quorum,
            "patron_day": str(self.patron_day.data or "").strip(),
        }
