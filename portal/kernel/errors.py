"""One family of refusals. A door shows them as a page, an acknowledgement or an RFC 9457 problem."""

from __future__ import annotations

from typing import Any

from portal.kernel.words import N_, Words


class DomainError(Exception):
    """Something the law, the rules or the data refuse; `words` tell a person what to do."""

    code = "refused"
    status = 400

    def __init__(self, message: str = "", *, code: str | None = None, field: str | None = None, **params: Any) -> None:
        self.words = Words(message or self.default, params)
        self.field = field
        if code:
            self.code = code
        super().__init__(str(self.words))

    default = N_("This cannot be done.")


class NotFound(DomainError):
    """Nothing is there, or nothing that this actor may know of."""

    code, status, default = "not_found", 404, N_("There is nothing at this address, or you cannot see it.")


class Forbidden(DomainError):
    """The actor's offices do not include this act."""

    code, status, default = "forbidden", 403, N_("Your office does not allow this act.")


class Conflict(DomainError):
    """The thing is no longer in the state this act needs."""

    code, status, default = "conflict", 409, N_("This has changed in the meantime. Reload the page and try again.")


class Gone(DomainError):
    """A link or a term that is over."""

    code, status, default = "gone", 410, N_("This is no longer available.")


class Invalid(DomainError):
    """What was given does not fit; `field` says where, `problems` lists all that is wrong."""

    code, status, default = "invalid", 422, N_("Check what you wrote.")

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        field: str | None = None,
        problems: list[Words] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(message, code=code, field=field, **params)
        self.problems = problems or []
