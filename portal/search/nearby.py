"""What a reader may have meant: codes and names that begin alike, and words that are spelled almost so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from portal.plan import queries as plans
from portal.plan.queries import ActionRow, SectionRow
from portal.search import stems
from portal.search.asking import Asked
from portal.search.find import Edition

SHOWN = 6
MOST_WORDS = 3  # words that are compared with all those of the plan
SHORTEST = 4  # letters: of less nothing can be said
CLOSE = 0.75


def by_code(asked: Asked, edition: Edition) -> list[ActionRow | SectionRow]:
    """The sections and actions whose code is or begins with what was asked for, such as A.1 or A.1.3."""
    wanted = asked.text.strip().rstrip(".").casefold()
    if not wanted or " " in wanted:
        return []
    tree = plans.tree(edition.version_id, edition.mark)
    own = tree.action(asked.text) or tree.action(asked.text.upper())
    things: list[ActionRow | SectionRow] = [*tree.sections, *tree.actions]
    found = [thing for thing in things if _begins(thing.code.casefold(), wanted)]
    if own and own not in found:
        found.insert(0, own)
    return sorted(found, key=lambda thing: (thing.code.casefold() != wanted, len(thing.code)))[:SHOWN]


def _begins(code: str, wanted: str) -> bool:
    return code == wanted or code.startswith(wanted + ".")


def spelled_alike(asked: Asked, missing: Iterable[str], editions: Iterable[Edition]) -> str | None:
    """The same question with words of the plan in the place of those that stand nowhere; None if none is near."""
    known: Counter[str] = Counter()
    for edition in editions:
        known.update(_words(edition.version_id, edition.mark))
    meant = asked.text
    for word in list(missing)[:MOST_WORDS]:
        near = get_close_matches(stems.fold(word), list(known), 3, CLOSE) if len(word) >= SHORTEST else []
        if near:
            meant = meant.replace(word, max(near, key=known.__getitem__))
    return meant if meant != asked.text else None


@lru_cache(maxsize=plans.KEPT)
def _words(version_id: int, mark: str) -> Counter[str]:
    """The words of a version, and how often each stands in it."""
    tree = plans.tree(version_id, mark)
    texts = [action.title for action in tree.actions] + [section.title for section in tree.sections]
    texts += [p.text for action in tree.actions for p in action.all_paragraphs()]
    texts += [p.text for section in tree.sections for p in section.texts + section.objectives]
    said = (text[token.start : token.end].casefold() for text in texts for token in stems.tokens(text) if token.term)
    return Counter(word for word in said if len(word) >= SHORTEST and word.isalpha())
