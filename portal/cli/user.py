"""Console: people."""

from __future__ import annotations

from datetime import datetime

import click
from flask import current_app, url_for

from portal.accounts import grant_mandate, queries, request_link
from portal.accounts.grant_mandate import Appointment
from portal.cli.door import Refusing, now, operator
from portal.config import Settings
from portal.kernel.clock import local_day
from portal.kernel.errors import NotFound
from portal.kernel.offices import BodyKind, Office
from portal.territory import queries as territory
from portal.territory import register_body
from portal.territory.facts import BodyFacts


@click.group(cls=Refusing, name="user")
def user() -> None:
    """People, mandates, sign-in links."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Name and surname, or the office.")
@click.option(
    "--office",
    type=click.Choice([office.value for office in Office]),
    default=Office.SECRETARIAT.value,
    show_default=True,
    help="What the person is.",
)
@click.option("--body", "key", help="Address of the body (see: parere territory list); else the metropolitan city.")
@click.option("--from", "starts", type=click.DateTime(["%Y-%m-%d"]), help="First day; today if not given.")
@click.option("--to", "ends", type=click.DateTime(["%Y-%m-%d"]), help="Last day, included; without end if not given.")
@click.option("--act", default="", help="The act that confers the office.")
@click.option("--language", type=click.Choice(["it", "en"]), default="it", show_default=True, help="Of mail.")
def add(
    email: str,
    name: str,
    office: str,
    key: str | None,
    starts: datetime | None,
    ends: datetime | None,
    act: str,
    language: str,
) -> None:
    """Give a person an office, and make them known if they are not.

    \b
    Examples:
      parere user add segreteria@cittametropolitana.na.it --name "Segreteria generale"
      parere user add sindaca@comune.it --name "Anna Rossi" --office mayor --body 063049 --to 2029-06-30
    """
    body_id = _body(key) if key else _metropolitan_city()
    wanted = Appointment(
        email=email,
        name=name,
        body_id=body_id,
        office=Office(office),
        starts_on=starts.date() if starts else local_day(now()),
        ends_on=ends.date() if ends else None,
        act_reference=act,
        language=language,
    )
    granted = grant_mandate.grant_mandate(operator(), wanted, now=now())
    click.echo(
        f"Person {granted.person_id}, mandate {granted.mandate_id}: {office} of {key or 'the metropolitan city'}."
    )
    click.echo(f"To sign in: parere user link {email}")


def _body(key: str) -> int:
    try:
        return territory.body(key).id
    except NotFound as error:
        raise click.BadParameter(f"there is no body {key!r}; see: parere territory list") from error


def _metropolitan_city() -> int:
    """The metropolitan city; on an empty installation it is registered under the name in the settings."""
    found = territory.bodies(BodyKind.METROPOLITAN_CITY)
    if found:
        return found[0].id
    settings: Settings = current_app.extensions["settings"]
    facts = BodyFacts(kind=BodyKind.METROPOLITAN_CITY, name=settings.city_name)
    return register_body.register_body(operator(), facts, now=now()).id


@user.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a one-time sign-in address, good for thirty minutes.

    \b
    Example:
      parere user link segreteria@cittametropolitana.na.it
    """
    token = request_link.issue_link(operator(), email, now=now())
    settings: Settings = current_app.extensions["settings"]
    with current_app.test_request_context():
        click.echo(settings.public_url + url_for("accounts.use_link", token=token))


@user.command("list")
@click.argument("email", required=False)
def list_people(email: str | None) -> None:
    """List who holds which office today, or all the mandates of one person.

    \b
    Example:
      parere user list sindaca@comune.it
    """
    if email:
        person = queries.actor_of_email(email, now=now())
        if person is None or person.person_id is None:
            raise click.BadParameter(f"nobody has the address {email!r}; see: parere user add --help")
        rows = queries.mandates_of_person(person.person_id, now())
    else:
        rows = queries.mandates_in_force(now())
    for row in rows:
        term = f"{row.starts_on} - {row.ends_on or ''}".strip()
        state = "" if row.in_force else " (not in force)"
        click.echo(f"{row.email or '-':<40} {row.office.value:<20} {row.body_name} · {term}{state}")
