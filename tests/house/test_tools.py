"""The contracts that tools keep: imports, words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import tree

pytestmark = pytest.mark.once

BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        [str(BIN / "lint-imports"), "--no-logo", "--no-cache"],
        [sys.executable, ".ci/words.py", "check"],
    ],
    ids=["imports point down", "words are complete"],
)
def test_that(command: list[str]) -> None:
    done = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
