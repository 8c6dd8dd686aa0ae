"""Many acts at the same instant, each in its own thread and session."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

from flask import Flask

from portal.db import db
from portal.kernel.errors import DomainError

T = TypeVar("T")


def at_once(app: Flask, acts: Iterable[Callable[[], T]]) -> list[T | DomainError]:
    """Let all acts begin together; what each returned, or the refusal it met, in their order."""
    todo = list(acts)
    gate = threading.Barrier(len(todo))
    found: dict[int, T | DomainError] = {}
    broken: list[BaseException] = []

    def run(number: int, act: Callable[[], T]) -> None:
        with app.app_context():
            try:
                gate.wait()
                found[number] = act()
            except DomainError as refusal:
                found[number] = refusal
            except BaseException as error:  # told to whoever started the race
                broken.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(todo)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return [found[number] for number in range(len(todo))]
