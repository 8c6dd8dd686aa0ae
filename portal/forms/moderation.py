"""Forms of admission: what the secretariat decides, asks, hides and keeps; what authors and readers say about it."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, Optional

from portal.comments.admission_rules import HIDE_REASONS, REPORT_REASONS, WORDS_LIMIT
from portal.comments.rules import DECISION_LIMIT, CommentState, ReasonCode
from portal.forms.base import CommandForm, row_number
from portal.forms.labels import words
from portal.kernel.words import N_

ADMIT, REFUSE = "admit", "refuse"


def _reasons(label: str, codes: Iterable[ReasonCode], id: str | None = None) -> RadioField:  # noqa: A002
    choices = [SelectChoice(code.value, words(code)) for code in codes]
    return RadioField(label, choices=choices, validators=[Optional()], id=id)


class ReasonedForm(CommandForm):
    """A command with a reason from a list."""

    reason_code: RadioField

    @property
    def reason(self) -> ReasonCode | None:
        """The reason chosen, if any."""
        return ReasonCode(self.reason_code.data) if self.reason_code.data else None


class DecisionForm(ReasonedForm):
    """Admit a remark or not; `seen` is the state that whoever decides had before them."""

    LIMIT = DECISION_LIMIT

    decision = HiddenField(validators=[AnyOf([ADMIT, REFUSE], message=N_("Choose what to decide."))])
    seen = HiddenField(validators=[AnyOf([state.value for state in CommentState])])
    reason_code = _reasons(N_("Why it is not admitted"), ReasonCode)
    text = TextAreaField(
        N_("To the author"),
        description=N_("Say plainly what is wrong and what the author can do. Only the author reads this."),
    )

    @property
    def admits(self) -> bool:
        """True for an admission."""
        return self.decision.data == ADMIT

    @property
    def seen_state(self) -> CommentState:
        """The state the page showed."""
        return CommentState(str(self.seen.data))


class ReconsiderForm(ReasonedForm):
    """The second decision on a refusal to which the author replied."""

    LIMIT = DECISION_LIMIT

    decision = HiddenField(validators=[AnyOf([ADMIT, REFUSE], message=N_("Choose what to decide."))])
    reason_code = _reasons(N_("Why the refusal stands"), ReasonCode, id="again-reason")
    text = TextAreaField(
        N_("To the author"),
        id="again-text",
        description=N_("Answer the reply. This decision is the last one; only the author reads these words."),
    )

    @property
    def admits(self) -> bool:
        """True if the remark stands after all."""
        return self.decision.data == ADMIT


class AskForm(CommandForm):
    """A question to the author."""

    LIMIT = WORDS_LIMIT

    question = TextAreaField(
        N_("What you ask the author"),
        description=N_("The author has ten days and reads nothing but this. Meanwhile the term does not run."),
    )


class HideForm(ReasonedForm):
    """Passages to hide, ticked by sentence or quoted."""

    LIMIT = DECISION_LIMIT

    sentences = SelectMultipleField(N_("Sentences to hide"), choices=[], validate_choice=False)
    files = SelectMultipleField(N_("Files to hide"), coerce=row_number, choices=[], validate_choice=False)
    quote = TextAreaField(
        N_("Or only some words"),
        description=N_("Copy them from the text: they are hidden wherever they stand in this remark."),
    )
    reason_code = _reasons(N_("Why it is hidden"), HIDE_REASONS, id="hide-reason")
    text = TextAreaField(
        N_("To the author"), id="hide-text", description=N_("Say what is hidden and why. Only the author reads this.")
    )


class KeepForm(CommandForm):
    """Why a reported remark is kept."""

    LIMIT = DECISION_LIMIT

    kept_text = TextAreaField(
        N_("Why it is kept"), description=N_("It stays with the remark; the register says that it was kept.")
    )


class OpenForm(CommandForm):
    """Why a sealed original is read."""

    LIMIT = WORDS_LIMIT

    reason = TextAreaField(
        N_("Why you read the original"), description=N_("Your name, the instant and this reason are kept.")
    )


class AnswerForm(CommandForm):
    """The author's answer to a question."""

    LIMIT = WORDS_LIMIT

    answer = TextAreaField(N_("Your answer"), description=N_("Only the secretariat reads it."))


class ReplyForm(CommandForm):
    """The author's reply to a refusal."""

    LIMIT = WORDS_LIMIT

    reply = TextAreaField(
        N_("Your reply"),
        description=N_("You reply once. A person who did not take part in the decision reads it and decides again."),
    )


class ReportForm(ReasonedForm):
    """What a reader finds wrong with a public remark."""

    LIMIT = WORDS_LIMIT

    reason_code = _reasons(N_("What is wrong"), REPORT_REASONS, id="report-reason")
    text = TextAreaField(
        N_("Where and why"), id="report-text", description=N_("Only the secretariat reads it, with your name.")
    )
