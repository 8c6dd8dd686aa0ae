"""How each body sits, in words and with its history; the secretary general writes the next version."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from portal.conferences import revise_rules, rule_queries
from portal.conferences.revise_rules import Revision
from portal.conferences.rule_queries import RuleRow
from portal.conferences.ruleset import LINES
from portal.conferences.wording import legal_number
from portal.forms.conferences import RulesForm
from portal.kernel.clock import local_day
from portal.kernel.offices import Office
from portal.kernel.permissions import Permission, can
from portal.web.conferences.blueprint import SLUGS, Answer, bp, carried_out, drawn, organ_of
from portal.web.door import access, bind, current_actor, now
from portal.web.labels import options


@bp.get("/conferenze/regole")
@access(Permission.PUBLIC_READ)
def rules() -> str:
    """How each body is convened today."""
    found = rule_queries.in_force(local_day(now()))
    return render_template("conferences/rules.html", rows=list(found.values()), slugs=SLUGS, legal=legal_number)


@bp.get("/conferenze/regole/<slug>")
@access(Permission.PUBLIC_READ)
def rule(slug: str) -> str:
    """One rule set with every version it has had."""
    found = rule_queries.history(organ_of(slug))
    today = local_day(now())
    return render_template(
        "conferences/rule.html",
        rows=found,
        slug=slug,
        names=LINES,
        legal=legal_number,
        holds=next((row.number for row in found if row.valid_from <= today), None),
        may_revise=can(current_actor(), Permission.RULESET_MANAGE),
    )


@bp.route("/segreteria/sedute/regole/<slug>", methods=["GET", "POST"])
@access(Permission.RULESET_MANAGE)
def revise(slug: str) -> Answer:
    """Write the next version; sittings that are convened keep theirs."""
    organ = organ_of(slug)
    latest = rule_queries.history(organ)[0]
    form = bind(RulesForm, **_fields(latest))
    form.sits.choices = _first(latest.rule_set.sits)
    form.by_delegation.choices = _first(latest.rule_set.by_delegation)
    return carried_out(
        form,
        lambda: revise_rules.revise_rules(current_actor(), organ, _revision(form), now=now()),
        drawn("conferences/revise.html", form=form, rule=latest, slug=slug, names=LINES),
        gettext("The new version is written."),
        url_for(".rule", slug=slug),
    )


def _first(named: tuple[Office, ...]) -> list[Any]:
    """All offices, those of the rule set first and in its order: who comes first sits before the others."""
    return options([*named, *(office for office in Office if office not in named)])


def _fields(row: RuleRow) -> dict[str, Any]:
    rule = row.rule_set
    by_call = {one.call: one for one in rule.quorum}
    quorum = [by_call[call].as_data() if call in by_call else {} for call in (1, 2, 3)]
    data = rule.as_data()
    more = ("patron_day", "visibility", "entitled", "invited", "sits", "by_delegation")
    return {
        **{name: data[name] for name in (*LINES, *more)},
        "quorum": quorum,
        "base": row.number,
        "legal_basis": row.legal_basis,
        "valid_from": local_day(now()),
    }


def _revision(form: RulesForm) -> Revision:
    assert form.valid_from.data  # the form asks for it
    return Revision(
        definition=form.definition,
        legal_basis=str(form.legal_basis.data),
        reason=str(form.reason.data),
        valid_from=form.valid_from.data,
        base_number=form.base.data or 0,
    )
