"""The macros that every page is made of."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, render_template_string
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from portal.forms.base import CommandForm
from portal.kernel.errors import Invalid
from tests.house import html

pytestmark = pytest.mark.once
KINDS: Any = ["support", "question"]
NOON = datetime(2027, 3, 15, 11, 0, tzinfo=UTC)


class Remark(CommandForm):
    """A form with a little of everything."""

    kind = RadioField("Kind", choices=KINDS)
    text = TextAreaField("Text", [InputRequired(), Length(max=20)], description="In plain words.")


def shown(app: Flask, source: str, **given: Any) -> str:
    """A whole page around a fragment, so that its parts are checked as browsers see them."""
    page = "{% extends 'layouts/base.html' %}{% block title %}A page{% endblock %}{% block content %}<h1>A</h1>"
    with app.test_request_context("/", headers={"Cookie": "lang=en"}):
        return render_template_string(page + source + "{% endblock %}", **given)


def test_each_error_of_the_summary_leads_to_its_field(app: Flask) -> None:
    form = Remark(MultiDict({"text": ""}))
    form.validate()
    form.refuse(Invalid("The deadline has passed.", code="late"))
    page = shown(
        app,
        "{% from 'components/forms.html' import error_summary, choices, textarea %}"
        "{{ error_summary(form) }}{{ choices(form.kind) }}{{ textarea(form.text) }}",
        form=form,
    )
    assert html.faults(page) == []
    assert 'href="#text"' in page
    assert 'href="#kind"' in page
    assert "There are 3 things to correct" in page
    assert "The deadline has passed." in page


def test_a_field_says_its_help_and_its_error_to_those_who_listen(app: Flask) -> None:
    form = Remark(MultiDict({"text": "x" * 21, "kind": "support"}))
    form.validate()
    page = shown(app, "{% from 'components/forms.html' import textarea %}{{ textarea(form.text) }}", form=form)
    assert 'aria-describedby="text-help text-error text-count"' in page
    assert 'aria-invalid="true"' in page
    assert 'data-limit="20"' in page
    assert "maxlength" not in page[page.index("<textarea") : page.index("</textarea>")]


def test_what_people_typed_is_kept_and_escaped(app: Flask) -> None:
    form = Remark(MultiDict({"text": "</textarea><script>alert(1)</script>"}))
    page = shown(app, "{% from 'components/forms.html' import textarea %}{{ textarea(form.text) }}", form=form)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_choice_carries_the_line_that_explains_it(app: Flask) -> None:
    page = shown(
        app,
        "{% from 'components/forms.html' import choices %}{{ choices(form.kind, lines={'support': 'We agree.'}) }}",
        form=Remark(),
    )
    assert html.faults(page) == []
    assert page.count('type="radio"') == 2
    assert "We agree." in page


@pytest.mark.parametrize(("value", "words"), [(37, "threshold reached: 37"), (30, "threshold 37, 7 missing")])
def test_a_bar_says_in_words_what_it_draws(app: Flask, value: int, words: str) -> None:
    page = shown(app, "{% from 'components/bars.html' import bar %}{{ bar('In favour', value, 92, 37) }}", value=value)
    assert words in page
    assert html.faults(page) == []


def test_a_bar_of_nothing_stays_empty(app: Flask) -> None:
    page = shown(
        app, "{% from 'components/bars.html' import bar, bars %}{{ bar('None', 0, 0) }}{{ bars('C', [], 'A', 'B') }}"
    )
    assert 'width="0.00"' in page


def test_a_map_places_north_above_south_and_repeats_itself_as_a_table(app: Flask) -> None:
    places = [
        SimpleNamespace(name="North", lat=41.0, lon=14.0, population=9000, tone="success", words="spoke", url=None),
        SimpleNamespace(name="South", lat=40.0, lon=14.5, population=None, tone="muted", words="silent", url="/enti/1"),
        SimpleNamespace(name="Nowhere", lat=None, lon=None, population=5, tone="muted", words="silent", url=None),
    ]
    page = shown(
        app, "{% from 'components/map.html' import territory_map %}{{ territory_map('Map', places) }}", places=places
    )
    assert html.faults(page) == []
    circles = list(html.parse(page).iter("{http://www.w3.org/2000/svg}circle"))
    heights = {html.text_of(circle).split(":")[0]: float(circle.get("cy", "0")) for circle in circles}
    assert heights["North"] < heights["South"]
    assert "Nowhere" not in heights
    assert ">Nowhere</th>" in page


def test_a_receipt_shows_number_instant_and_fingerprint(app: Flask) -> None:
    page = shown(
        app,
        "{% from 'components/receipt.html' import receipt %}"
        "{% call receipt('K7QF-2M9D', at, 'ab' * 32, 'Borgo') %}<p>Next</p>{% endcall %}",
        at=NOON,
    )
    assert html.faults(page) == []
    assert "K7QF-2M9D" in page
    assert "ab" * 32 in page
    assert "12:00" in page


def test_steps_say_their_state_without_colour(app: Flask) -> None:
    steps = [{"title": "Received", "state": "done", "at": NOON}, {"title": "Answer", "state": "todo"}]
    page = shown(
        app, "{% from 'components/timeline.html' import timeline %}{{ timeline(steps, level=2) }}", steps=steps
    )
    assert html.faults(page) == []
    assert "· done" in page
    assert "· still to come" in page


def test_the_phase_tells_how_long_is_left_and_until_when(app: Flask) -> None:
    phase = {"title": "Consultation", "url": "/piano", "is_open": True, "days_left": 12, "deadline": NOON}
    page = shown(app, "", phase=phase)
    assert html.faults(page) == []
    assert "12 days left" in page
    assert "15 March 2027, 12:00" in page


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 413, 422, 429, 500])
def test_every_refusal_says_what_happened_and_what_to_do(app: Flask, status: int) -> None:
    with app.test_request_context("/"):
        page = app.jinja_env.get_template(f"errors/{status}.html").render(
            **context(app), reason="Because.", request_id="abc12345"
        )
    assert html.faults(page) == []
    assert "Because." in page
    assert "abc12345" in page


def context(app: Flask) -> dict[str, Any]:
    """What every template knows, for a template rendered by hand."""
    given: dict[str, Any] = {}
    app.update_template_context(given)
    return given
