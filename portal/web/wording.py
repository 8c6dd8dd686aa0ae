"""The words of templates: language and catalogue are looked up once a page, not once a word."""

from __future__ import annotations

from babel.core import Locale
from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import get_locale, get_translations


def install(app: Flask) -> None:
    """Put the quick look-up in the place of the one that asks for everything at every word."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda message: _words().gettext(message),
        ngettext=lambda one, many, number: _words().ngettext(one, many, number),
        pgettext=lambda context, message: _words().upgettext(context, message),
        newstyle=True,
    )


def _words() -> NullTranslations:
    """The catalogue of the language in force, which a letter may change on the way."""
    locale = get_locale()
    kept: tuple[Locale | None, NullTranslations] | None = g.get("words")
    if kept is None or kept[0] is not locale:
        kept = g.words = (locale, get_translations())
    return kept[1]
