"""Forms of admission."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, Optional

from portal.comments.rules import DECISION_LIMIT, CommentState, ReasonCode
from portal.forms.base import CommandForm
from portal.forms.labels import words
from portal.kernel.words import N_

ADMIT, REFUSE = "admit", "refuse"


class DecisionForm(CommandForm):
    """Admit a remark or not; `seen` is the state that whoever decides had before them."""

    LIMIT = DECISION_LIMIT

    decision = HiddenField(validators=[AnyOf([ADMIT, REFUSE], message=N_("Choose what to decide."))])
    seen = HiddenField(validators=[AnyOf([state.value for state in CommentState])])
    reason_code = RadioField(
        N_("Why it is not admitted"),
        choices=[SelectChoice(code.value, words(code)) for code in ReasonCode],
        validators=[Optional()],
    )
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

    @property
    def reason(self) -> ReasonCode | None:
        """The reason chosen, if any."""
        return ReasonCode(self.reason_code.data) if self.reason_code.data else None
