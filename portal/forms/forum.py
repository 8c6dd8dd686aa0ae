"""Commands of the register of the Forum: ask to join, admit, correct, suspend, name people, revise the rules."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.accounts.rules import EMAIL_LONGEST, NAME_LONGEST
from portal.forms.base import CommandForm
from portal.forms.labels import words
from portal.forum.rules import ACT_LIMIT, LINE_LIMIT, REASON_LIMIT
from portal.forum.ruleset import LINES
from portal.kernel.offices import ForumCategory, Office
from portal.kernel.words import N_

_FAMILIES = [SelectChoice(one.value, words(one)) for one in ForumCategory]


class FactsForm(CommandForm):
    """What the register says of an organisation."""

    name = StringField(N_("Name of the organisation"), [InputRequired(N_("Write the name.")), Length(max=LINE_LIMIT)])
    category = RadioField(
        N_("Family"), [InputRequired(N_("Choose one of these."))], choices=_FAMILIES, description=N_("Statute, art. 6.")
    )
    legal_form = StringField(
        N_("Legal form"), [Length(max=LINE_LIMIT)], description=N_("Such as: recognised association, foundation.")
    )
    tax_code = StringField(N_("Tax code"), [Length(max=20)], description=N_("11 digits, or 16 letters and digits."))
    registered_in = StringField(
        N_("Register in which it is entered"),
        [Length(max=LINE_LIMIT)],
        description=N_("Such as: RUNTS, the list of an order, the register of associations."),
    )
    registered_as = StringField(N_("Number in that register"), [Length(max=60)])
    seat = StringField(N_("Registered seat"), [Length(max=LINE_LIMIT)], description=N_("Street, number and Comune."))
    website = StringField(N_("Website"), [Length(max=LINE_LIMIT)], description=N_("It begins with https://."))
    contact_email = StringField(
        N_("Address to write to"),
        [Length(max=EMAIL_LONGEST)],
        description=N_("For the secretariat alone: it is not published."),
    )


class JoinForm(FactsForm):
    """Ask that an organisation be admitted."""

    tax_code = StringField(
        N_("Tax code"),
        [InputRequired(N_("Write the tax code.")), Length(max=20)],
        description=N_("11 digits, or 16 letters and digits."),
    )
    seat = StringField(
        N_("Registered seat"),
        [InputRequired(N_("Write the registered seat.")), Length(max=LINE_LIMIT)],
        description=N_("Street, number and Comune."),
    )
    purpose = TextAreaField(
        N_("What the organisation does, and why it wants to take part"),
        [InputRequired(N_("Write a few lines.")), Length(max=REASON_LIMIT)],
    )
    contact_name = StringField(
        N_("Who writes the request"),
        [InputRequired(N_("Write who you are.")), Length(max=NAME_LONGEST)],
        description=N_("Name and office in the organisation. For the secretariat alone."),
    )
    contact_email = StringField(
        N_("Address to write to"),
        [InputRequired(N_("Write the address.")), Length(max=EMAIL_LONGEST)],
        description=N_("For the secretariat alone: it is not published."),
    )
    notice = BooleanField(
        N_("I have read how these data are used"), [InputRequired(N_("Read the notice and tick the box."))]
    )


class AdmissionForm(CommandForm):
    """From when, and by which act."""

    admitted_on = DateField(N_("Member from"), [InputRequired(N_("Choose the day."))])
    act = StringField(
        N_("Act of admission"),
        [InputRequired(N_("Write the act.")), Length(max=ACT_LIMIT)],
        description=N_("Such as: determination n. 41 of 12 February 2027."),
    )


class AdmitForm(FactsForm, AdmissionForm):
    """A new organisation."""


class ImportForm(CommandForm):
    """A file of organisations with their people."""

    file = FileField(
        N_("CSV file"),
        description=N_("UTF-8, separated by commas or semicolons, with the names of the columns in the first line."),
    )
    act = StringField(
        N_("Act of admission"),
        [InputRequired(N_("Write the act.")), Length(max=ACT_LIMIT)],
        description=N_("For the rows that do not name one."),
    )


class SuspendForm(CommandForm):
    """Days without a seat."""

    starts_on = DateField(N_("First day"), [InputRequired(N_("Choose the day."))])
    ends_on = DateField(
        N_("Last day"), [Optional()], description=N_("Included. Leave it empty to suspend until further notice.")
    )
    reason = TextAreaField(N_("Reason"), [InputRequired(N_("Write the reason.")), Length(max=REASON_LIMIT)])
    act = StringField(N_("Act of the decision"), [InputRequired(N_("Write the act.")), Length(max=ACT_LIMIT)])


class ReadmitForm(CommandForm):
    """The seat is held again."""

    back_on = DateField(N_("Holds its seat again from"), [InputRequired(N_("Choose the day."))])
    act = StringField(N_("Act of the decision"), [InputRequired(N_("Write the act.")), Length(max=ACT_LIMIT)])


class LeaveForm(CommandForm):
    """The last day."""

    left_on = DateField(N_("Last day as a member"), [InputRequired(N_("Choose the day."))])
    reason = TextAreaField(N_("Reason"), [InputRequired(N_("Write the reason.")), Length(max=REASON_LIMIT)])
    act = StringField(N_("Act of the decision"), [InputRequired(N_("Write the act.")), Length(max=ACT_LIMIT)])


class PersonForm(CommandForm):
    """Delegate or substitute."""

    office = RadioField(
        N_("Office"),
        [InputRequired(N_("Choose one of these."))],
        choices=[SelectChoice(one.value, words(one)) for one in (Office.FORUM_DELEGATE, Office.FORUM_SUBSTITUTE)],
    )
    name = StringField(N_("Name and surname"), [InputRequired(N_("Write the name.")), Length(max=NAME_LONGEST)])
    email = StringField(
        N_("E-mail address"),
        [InputRequired(N_("Write the address.")), Length(max=EMAIL_LONGEST)],
        description=N_("The person signs in with it; nobody else reads it."),
    )
    starts_on = DateField(N_("First day"), [InputRequired(N_("Choose the day."))])
    ends_on = DateField(N_("Last day"), [Optional()], description=N_("Included. Leave it empty if there is no end."))
    act = StringField(N_("Act of the organisation"), [Length(max=ACT_LIMIT)])


class AnswerForm(CommandForm):
    """What the applicant answers."""

    text = TextAreaField(N_("Answer"), [InputRequired(N_("Write the answer.")), Length(max=REASON_LIMIT)])
    file = FileField(N_("Document"), description=N_("PDF, PNG or JPEG, up to 5 MB."))


class AskForm(CommandForm):
    """What the secretariat asks the applicant for."""

    text = TextAreaField(
        N_("What is missing, or is not clear"), [InputRequired(N_("Write the question.")), Length(max=REASON_LIMIT)]
    )


class RefuseForm(CommandForm):
    """Why an organisation is not admitted."""

    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Write the reason.")), Length(max=REASON_LIMIT)],
        description=N_("The applicant reads it word for word."),
    )


class _RulesForm(CommandForm):
    """How a Forum works, from a day on; the numbers stand before these fields."""

    accepts_requests = BooleanField(LINES["accepts_requests"])
    names_public = BooleanField(LINES["names_public"])
    legal_basis = StringField(N_("Legal basis"), [InputRequired(N_("Write the article or the act.")), Length(max=300)])
    reason = TextAreaField(N_("Why"), [InputRequired(N_("Write why.")), Length(max=REASON_LIMIT)])
    valid_from = DateField(N_("Holds from"), [InputRequired(N_("Choose the day."))])
    base_number = IntegerField(validators=[InputRequired()])


NUMBERS = tuple(name for name in LINES if name not in {"accepts_requests", "names_public"})
RulesForm: type[_RulesForm] = type(
    "RulesForm",
    (_RulesForm,),
    {name: IntegerField(LINES[name], [InputRequired(N_("Write a number.")), NumberRange(min=0)]) for name in NUMBERS},
)
