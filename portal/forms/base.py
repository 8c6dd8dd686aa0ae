"""What every command form has in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import Field, Form, HiddenField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.kernel.errors import DomainError, Invalid
from portal.kernel.text import CONTROL
from portal.kernel.words import Words


class CommandForm(Form):
    """A command: its fields, the mandate it acts under, and the refusals it met."""

    mandate = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: list[Words] = []

    @property
    def mandate_id(self) -> int | None:
        """The mandate the form names, or None when it names none."""
        data = str(self.mandate.data or "")
        return int(data) if data.isascii() and data.isdecimal() else None

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check the fields; a form that is refused can be shown again."""
        valid: bool = super().validate(*args, **kwargs)
        if not valid:
            self._show_controls()
        return valid

    def refuse(self, error: DomainError) -> None:
        """Put a verb's refusal beside its field, or above the form."""
        field: Field | None = self._fields.get(error.field or "")
        if field is None:
            self.refusals.append(error.words)
        else:
            said: list[Any] = [*field.errors, error.words]
            field.errors = said
        if isinstance(error, Invalid):
            self.refusals.extend(error.problems)
        self._show_controls()

    def _show_controls(self) -> None:
        """A page cannot hold control characters: show a mark where they stand, so that they can be found."""
        for field in self:
            if isinstance(field, StringField) and isinstance(field.data, str):
                field.data = CONTROL.sub("\ufffd", field.data)


def row_number(value: Any) -> int:
    """The number of a row that a field names; zero, which no row has, if it is none or larger than any."""
    plain = str(value or "")
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 10 else 0


def options(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """Choices of a field from values and their words."""
    return [SelectChoice(value, text) for value, text in pairs]
