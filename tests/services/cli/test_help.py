"""The console explains itself: every command has a line in the list and an example of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from portal.cli.commands import COMMANDS

pytestmark = pytest.mark.once  # nothing here depends on which database there is
ROOT = Path(__file__).resolve().parents[3]


def leaves(command: click.Command, path: str, above: str = "") -> Iterator[tuple[str, click.Command, str]]:
    said = above + (command.help or "") + (command.epilog or "")
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from leaves(inner, f"{path} {name}", said)
    else:
        yield path, command, said


EVERY = [leaf for command in COMMANDS for leaf in leaves(command, f"parere {command.name}")]
IDS = [path for path, *_ in EVERY]


@pytest.mark.parametrize(("path", "command", "said"), EVERY, ids=IDS)
def test_every_command_has_an_example_and_a_first_sentence(path: str, command: click.Command, said: str) -> None:
    assert path in said
    assert (command.help or "").split("\n")[0].endswith((".", ":"))


@pytest.mark.parametrize(("path", "command", "said"), EVERY, ids=IDS)
def test_every_option_says_what_it_is_for(path: str, command: click.Command, said: str) -> None:
    options = [p for p in command.params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portal", *arguments],
        cwd=ROOT, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_list_holds_our_commands_and_none_of_the_libraries(tmp_path: Path) -> None:
    done = run("--help", DATA_DIR=str(tmp_path))
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.split("Commands:")[1].splitlines() if line.strip()]
    assert listed == sorted(command.name or "" for command in COMMANDS)
    assert "--app" not in done.stdout


def test_unsafe_settings_are_named_and_nothing_starts(tmp_path: Path) -> None:
    done = run("serve", PRODUCTION="1", DATA_DIR=str(tmp_path))
    assert done.returncode == 2
    for name in ("SECRET_KEY", "PUBLIC_URL", "MAIL_URL", "CONTACT_EMAIL"):
        assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    done = run("export", DATA_DIR=str(tmp_path))
    assert (done.returncode, "No such command" in done.stderr) == (2, True)


def test_a_database_without_tables_is_told_in_words(tmp_path: Path) -> None:
    done = run("journal", "verify", DATA_DIR=str(tmp_path))
    assert (done.returncode, "db upgrade" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
