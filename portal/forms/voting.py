"""Commands of votes: prepare, conduct, answer, count by hand, write the rules."""

from __future__ import annotations

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from portal.forms.base import CommandForm
from portal.forms.labels import words
from portal.kernel.offices import Office
from portal.kernel.words import N_
from portal.voting.conditions import Base, Condition, Count, Dimension
from portal.voting.rules import (
    LONGEST_CALL,
    QUESTION_LIMIT,
    REASON_LIMIT,
    SHORTEST_CALL,
    Channel,
    Choice,
    Matter,
    Mode,
)
from portal.voting.wording import AXES, BASES, COUNTS

CLOSED_BALLOT = "secret"
ANSWERS = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.PRESENT_NOT_VOTING)
NO_ANSWER = ""
FIXED = "fixed"
_TICKS: dict[str, Any] = {
    "widget": widgets.ListWidget(prefix_label=False),
    "option_widget": widgets.CheckboxInput(),
}


def _choices(values: Any) -> list[SelectChoice]:
    return [SelectChoice(value.value, words(value)) for value in values]


def _number(data: Any) -> int | None:
    plain = str(data or "")
    return int(plain) if plain.isdecimal() and plain.isascii() and len(plain) < 10 else None


def _typed(data: Any) -> int | str:
    """A number, or what was typed in its place."""
    found = _number(str(data or "").strip())
    return str(data or "") if found is None else found


class ScopeForm(CommandForm):
    """What is voted on and by whom: enough to show the rule set and the roll."""

    materia = SelectField(
        N_("What is decided"), choices=_choices(Matter), description=N_("It fixes who votes and which thresholds hold.")
    )
    popolazione = SelectField(N_("Population that counts"), coerce=int, validators=[Optional()], validate_choice=False)
    zona = SelectField(
        N_("Zone whose Comuni vote"),
        coerce=int,
        validators=[Optional()],
        validate_choice=False,
        description=N_("Only for the matters of a zone."),
    )


class PrepareForm(CommandForm):
    """Prepare a poll on what the page has shown."""

    matter = HiddenField(validators=[AnyOf([matter.value for matter in Matter])])
    snapshot = HiddenField()
    zone = HiddenField()
    follows = HiddenField()
    question = TextAreaField(
        N_("Question"),
        [InputRequired(N_("Write what is put to the vote.")), Length(max=QUESTION_LIMIT)],
        description=N_("As it is read out, so that “in favour” and “against” leave no doubt."),
    )
    mode = RadioField(
        N_("How is the vote taken?"),
        choices=[*_choices(Mode), SelectChoice(CLOSED_BALLOT, N_("Secret ballot"))],
        default=Mode.ROLL_CALL.value,
        validators=[InputRequired(N_("Choose one of these."))],
    )
    version = SelectField(
        N_("Version of the plan it is about"), coerce=int, validators=[Optional()], validate_choice=False
    )

    @property
    def numbers(self) -> dict[str, int | None]:
        """What the page carried along: snapshot, zone and earlier poll."""
        return {
            "snapshot_id": _number(self.snapshot.data),
            "zone_id": _number(self.zone.data),
            "follows_id": _number(self.follows.data),
        }


class ConfirmForm(CommandForm):
    """Confirm an act that cannot be taken back."""

    sure = BooleanField(N_("I have read what happens, and confirm"), [InputRequired(N_("Tick the box to go on."))])


class LastCallForm(CommandForm):
    """The last call of a vote: so many seconds are left."""

    seconds = IntegerField(
        N_("Seconds of the last call"),
        [InputRequired(N_("Say how many seconds are left.")), NumberRange(SHORTEST_CALL, LONGEST_CALL)],
    )


class AnnulForm(ConfirmForm):
    """Annul a poll, for a reason."""

    reason = TextAreaField(
        N_("Reason"),
        [InputRequired(N_("Say why: everybody will read it.")), Length(max=REASON_LIMIT)],
        description=N_("Everybody will read it, beside the poll."),
    )


class DelegateForm(CommandForm):
    """Seat somebody by express delegation."""

    candidate = SelectField(N_("Who takes the seat"), validators=[InputRequired(N_("Choose who takes the seat."))])
    title = StringField(
        N_("Act of delegation"),
        [InputRequired(N_("Write the act that delegates for this vote.")), Length(max=200)],
        description=N_("Such as: written delegation of 12 March, prot. 4512."),
    )

    @property
    def chosen(self) -> tuple[int, int]:
        """Seat and mandate."""
        seat, _, mandate = str(self.candidate.data).partition("-")
        return _number(seat) or 0, _number(mandate) or 0


class BallotForm(CommandForm):
    """Answer from one's own seat; `key` stays the same when the same page is sent again."""

    choice = RadioField(
        N_("Your answer"), choices=_choices(ANSWERS), validators=[InputRequired(N_("Choose one of the answers."))]
    )
    key = HiddenField()
    confirmed = HiddenField()

    @property
    def chosen(self) -> Choice:
        """The answer."""
        return Choice(str(self.choice.data))


class CallForm(CommandForm):
    """What a seat answers at the roll call, or the undoing of an entry."""

    seat = HiddenField()
    choice = HiddenField(validators=[AnyOf([c.value for c in Choice], message=N_("Choose one of the answers."))])
    key = HiddenField()

    @property
    def number(self) -> int:
        """The seat called."""
        return _number(self.seat.data) or 0

    @property
    def chosen(self) -> Choice:
        """What it answered."""
        return Choice(str(self.choice.data))


class TallyForm(CommandForm):
    """Answers given by hand or on paper: seat by seat on the page, or in a table."""

    channel = RadioField(
        N_("How were the answers given?"),
        choices=_choices((Channel.SHOW_OF_HANDS, Channel.PAPER)),
        validators=[InputRequired(N_("Say whether hands were shown or papers counted."))],
    )
    file = FileField(
        N_("Table of the answers"),
        description=N_(
            "CSV in UTF-8 with the columns “ente” and “voto”. Without a table, the answers below are taken."
        ),
    )
    rest = SelectField(
        N_("All seats without an answer below"),
        choices=[SelectChoice(NO_ANSWER, N_("Absent: no answer")), *_choices(ANSWERS)],
        default=NO_ANSWER,
    )
    replace = BooleanField(
        N_("Replace answers that are there already"),
        description=N_("Only if these seats have answered again. The earlier answers stay on record."),
    )


class ConditionForm(Form):
    """One condition of a rule set; a line without a count says nothing."""

    count = SelectField(
        N_("What is counted"),
        choices=[SelectChoice(NO_ANSWER, N_("(no condition)")), *(SelectChoice(c.value, COUNTS[c]) for c in Count)],
    )
    axis = SelectField(N_("Seats or residents"), choices=[SelectChoice(axis.value, AXES[axis]) for axis in Dimension])
    strict = SelectField(
        N_("Comparison"), choices=[SelectChoice("", N_("at least")), SelectChoice("more", N_("more than"))]
    )
    numerator = StringField(N_("Numerator, or number"), [Length(max=10)])
    denominator = StringField(N_("Denominator"), [Length(max=10)])
    against = SelectField(
        N_("Of what"),
        choices=[
            *(SelectChoice(base.value, BASES[base]) for base in Base),
            SelectChoice(FIXED, N_("a fixed number")),
            *(SelectChoice(f"than-{c.value}", COUNTS[c]) for c in (Count.YES, Count.NO)),
        ],
    )
    call = SelectField(
        N_("Call"),
        choices=[SelectChoice(NO_ANSWER, N_("every call")), *(SelectChoice(str(n), str(n)) for n in (1, 2, 3))],
    )

    @classmethod
    def fields_of(cls, condition: Condition) -> dict[str, Any]:
        """A condition as the line that says it."""
        than = condition.more_than
        fixed = condition.at_least is not None
        base = condition.base.value if condition.base else FIXED
        return {
            "count": condition.count.value,
            "axis": condition.axis.value,
            "strict": "more" if condition.strict or than else "",
            "numerator": "" if than else str(condition.at_least if fixed else condition.numerator),
            "denominator": "" if than or fixed else str(condition.denominator),
            "against": f"than-{than.value}" if than else base,
            "call": str(condition.call or ""),
        }

    @property
    def written(self) -> dict[str, Any]:
        """The condition in its written form, as it was typed; the reading of rule sets says what is wrong with it."""
        data: dict[str, Any] = {"count": self.count.data, "axis": self.axis.data}
        against = str(self.against.data)
        if against.startswith("than-"):
            data["more_than"] = against.removeprefix("than-")
        elif against == FIXED:
            data["at_least"] = _typed(self.numerator.data)
        else:
            parts = {"numerator": _typed(self.numerator.data), "denominator": _typed(self.denominator.data)}
            data |= {"base": against, **parts, "strict": self.strict.data == "more"}
        return data | ({"call": int(self.call.data)} if self.call.data else {})


class ReviseForm(CommandForm):
    """Write the next version of a rule set."""

    base = HiddenField()
    conditions = FieldList(FormField(ConditionForm), min_entries=1, max_entries=20)
    sits = SelectMultipleField(
        N_("Offices that take a seat by right"),
        description=N_("Where a body has several, the one that stands first here takes the seat."),
        choices=_choices(Office),
        **_TICKS,
    )
    by_delegation = SelectMultipleField(
        N_("Offices that take it by express delegation"), choices=_choices(Office), **_TICKS
    )
    may_change = BooleanField(N_("An answer may be changed until the poll is closed"))
    late_arrivals = BooleanField(N_("Who comes into the hall while the poll is open may answer"))
    alternates = BooleanField(N_("All who hold one of these offices answer for the one seat; the last answer counts"))
    legal_basis = StringField(N_("Legal basis"), [InputRequired(N_("Name the law or the article.")), Length(max=300)])
    valid_from = DateField(N_("In force from"), [InputRequired(N_("Choose the first day."))])
    reason = TextAreaField(N_("Reason"), [InputRequired(N_("Say why the rule changes.")), Length(max=2_000)])

    @property
    def base_number(self) -> int:
        """The version that was on the page."""
        return _number(self.base.data) or 0

    @property
    def definition(self) -> dict[str, Any]:
        """The rule set in its written form."""
        return {
            "conditions": [line.form.written for line in self.conditions if line.form.count.data],
            "sits": list(self.sits.data or ()),
            "by_delegation": list(self.by_delegation.data or ()),
            "may_change": bool(self.may_change.data),
            "late_arrivals": bool(self.late_arrivals.data),
            **({"alternates": True} if self.alternates.data else {}),
        }
