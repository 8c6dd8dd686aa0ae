"""Console: polls. What was answered is told to nobody before the closing, here as everywhere."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

import click
from flask import current_app
from flask_babel import force_locale, gettext

from portal.cli.door import Refusing, now, operator
from portal.conferences.table import polls
from portal.kernel.clock import local, local_day
from portal.kernel.errors import NotFound
from portal.kernel.words import N_, said
from portal.voting import (
    export,
    install_rules,
    prepare,
    queries,
    record_answer,
    rule_queries,
    verifier,
)
from portal.voting.rules import Choice, Matter

EXAMPLES = """

\b
Examples:
  parere poll rules install
  parere poll rules list
  parere poll prepare --matter conference_opinion "Parere sul Piano strategico 2027-2029"
  parere poll open 12
  parere poll cast 12 063049 yes
  parere poll list
  parere poll close 12
  parere poll export 12 -o voto-12.json
  parere poll verify voto-12.json
  parere poll verifier > verifica.py
"""


@click.group(cls=Refusing, name="poll", epilog=EXAMPLES)
def poll() -> None:
    """Prepare, hold, count, export and verify votes."""


@poll.group(cls=Refusing, name="rules")
def rule_sets() -> None:
    """The rule sets: how each matter is decided."""


@rule_sets.command("install")
def install() -> None:
    """Install the rule sets that come with the program; those already there stay as they are."""
    codes = install_rules.install_rules(operator(), now=now())
    click.echo(f"Installed: {', '.join(codes)}." if codes else "All rule sets were there already.")


@rule_sets.command("list")
def list_rules() -> None:
    """List the rule sets in force today with their legal basis."""
    found = rule_queries.in_force(local_day(now()))
    for rule in found:
        click.echo(f"{rule.code} v{rule.number} {rule.matter.value} ({rule.electorate.value}): {rule.legal_basis}")
    if not found:
        click.echo("No rule set yet. Next: parere poll rules install")


@poll.command("list")
def list_polls() -> None:
    """List the latest polls with their turnout."""
    found = queries.polls(operator())
    for row in found:
        turnout = queries.turnout(queries.poll(operator(), row.id))
        met = {None: "", True: ", passed", False: ", not passed"}[row.met]
        click.echo(f"{row.id} {row.state.value}{met}: {turnout.answered} of {turnout.seats} seats. {row.question[:80]}")
    if not found:
        click.echo("No poll yet. Next: parere poll prepare")


@poll.command("prepare")
@click.argument("question")
@click.option("--matter", type=click.Choice([m.value for m in Matter]), required=True, help="What is decided.")
@click.option("--snapshot", type=int, help="Number of the population snapshot; otherwise the latest.")
@click.option("--follows", type=int, help="The poll that this one repeats.")
def prepare_poll(question: str, matter: str, snapshot: int | None, follows: int | None) -> None:
    """Prepare a poll on QUESTION: rule set, seats and residents are fixed."""
    wanted = prepare.Question(question, Matter(matter), snapshot_id=snapshot, follows_id=follows)
    number = prepare.prepare(operator(), wanted, now=now())
    click.echo(f"Prepared: poll {number}. Next: parere poll open {number}")


@poll.command("open")
@click.argument("number", type=int)
def open_one(number: int) -> None:
    """Open poll NUMBER: who sits on each seat is fixed, and seats may answer."""
    opened = polls.open_it(operator(), number, now=now())
    click.echo(f"Open: {opened.seats} seats, {opened.vacant} of them vacant. Roll {opened.roll_hash}")


@poll.command("cast")
@click.argument("number", type=int)
@click.argument("seat")
@click.argument("choice", type=click.Choice([c.value for c in Choice]))
@click.option("--key", help="The key of an earlier attempt, to send the same answer again without doubling it.")
def cast(number: int, seat: str, choice: str, key: str | None) -> None:
    """Record CHOICE for SEAT (its key or number) in poll NUMBER."""
    found = next((s for s in queries.roll(number) if seat in {s.key, str(s.number)}), None)
    if found is None:
        raise NotFound(N_("There is no such seat on the roll of this poll."))
    chosen, sent = Choice(choice), key or secrets.token_hex(16)
    done = record_answer.record_answer(operator(), number, found.number, chosen, key=sent, now=now())
    at = local(done.cast_at).strftime("%d/%m/%Y %H:%M:%S")
    click.echo(f"Recorded: {done.seat_name}, {done.choice.value}, {at}, code {done.code}, version {done.version}.")


@poll.command("close")
@click.argument("number", type=int)
def close_one(number: int) -> None:
    """Close poll NUMBER and count."""
    done = polls.close_it(operator(), number, now=now())
    for words in export.lines(queries.poll(operator(), number)):
        click.echo(f"  {words}")
    click.echo(f"Closed: {done.outcome.verdict.value}, {done.ballots} ballots. Root {done.root_hash}")


@poll.command("export")
@click.argument("number", type=int)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the screen.")
def export_one(number: int, output: Path | None) -> None:
    """Write all of closed poll NUMBER into one file that anybody can verify."""
    demo = bool(current_app.extensions["settings"].demo)
    document = export.document(operator(), number, said=_said(number), demonstration=demo)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"Cannot write {output}: {error.strerror or error}.") from error
    click.echo(f"Written to {output}. Check it with: python3 verify.py {output}")


@poll.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--head", help="The head of the record as it was published.")
def verify(file: str, head: str | None) -> None:
    """Check an exported FILE with the verifier that is handed out; exit status 1 if anything is wrong."""
    arguments = [file, "--english", *(["--head", head] if head else [])]
    if verifier.main(arguments):
        raise click.ClickException("The file does not hold.")


@poll.command("verifier")
def print_verifier() -> None:
    """Print the verifier: one file that needs only Python."""
    click.echo(Path(verifier.__file__).read_text(encoding="utf-8"), nl=False)


def _said(number: int) -> dict[str, list[str]]:
    lines = export.lines(queries.poll(operator(), number))
    found = {}
    for language in export.LANGUAGES:
        with force_locale(language):
            found[language] = [said(words, gettext, language) for words in lines]
    return found
