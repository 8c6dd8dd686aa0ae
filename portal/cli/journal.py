"""Console: the journal."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from portal.cli.door import Refusing
from portal.journal import verify as chains
from portal.journal.verify import Head

FORMAT = "parere-heads/1"


@click.group(cls=Refusing, name="journal")
def journal() -> None:
    """Check the record and export its heads."""


@journal.command("verify")
@click.option(
    "--heads",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Heads kept elsewhere: they show a tail that was cut off, too.",
)
def verify(kept: Path | None) -> None:
    """Read every chain and say where an entry was edited, removed, inserted or reordered.

    Exit status 1 if anything was.

    \b
    Examples:
      parere journal verify
      parere journal verify --heads heads-2027-03-15.json
    """
    faults = chains.verify(_read(kept) if kept else ())
    for fault in faults:
        click.echo(f"{fault.stream} {fault.seq}: {fault.what}")
    heads = chains.heads()
    if faults:
        raise click.ClickException(f"{len(faults)} faults in the journal. Compare with the last backup that holds.")
    click.echo(f"The journal holds: {len(heads)} streams, {sum(head.seq for head in heads)} entries.")


@journal.command("heads")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of the screen.")
def heads(output: Path | None) -> None:
    """Write the head of every chain, to be kept where nobody who runs the portal can change it.

    \b
    Examples:
      parere journal heads -o heads-2027-03-15.json
    """
    text = json.dumps({"format": FORMAT, "heads": [asdict(head) for head in chains.heads()]}, indent=1)
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text + "\n")
    except OSError as error:
        raise click.ClickException(f"Cannot write {output}: {error.strerror or error}.") from error
    click.echo(f"Heads written to {output}.")


def _read(path: Path) -> list[Head]:
    try:
        raw = json.loads(path.read_text())
        if raw["format"] != FORMAT:
            raise ValueError(raw["format"])
        return [Head(str(h["stream"]), int(h["seq"]), str(h["hash"])) for h in raw["heads"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"{path} holds no heads written by `parere journal heads`.") from error
