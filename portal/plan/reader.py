"""Reading a value out of a plan file: each kind of value once, every fault noted with its place, nothing lost."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, NoReturn

from portal.kernel.errors import Invalid
from portal.kernel.text import is_blank, typed
from portal.kernel.words import N_, Words

TITLE, HEADING, NAME, CODE, PERIOD, TEXT = 300, 300, 400, 40, 200, 20_000
DEPTH = 40
MOST_PROBLEMS = 200  # as many as anybody reads
_KEY = re.compile(r"[a-z][a-z0-9-]{1,19}")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")


class Broken(Exception):
    """The file is not JSON; `words` say where and why."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


def load(data: bytes) -> Any:
    """The JSON value of a file, or the line and column where it stops being one."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Broken(
            Words(N_("The file is not UTF-8 text (line %(line)d). Save it as UTF-8."), {"line": line})
        ) from error
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as error:
        said = N_("The file is not complete JSON: line %(line)d, column %(column)d (%(reason)s).")
        raise Broken(Words(said, {"line": error.lineno, "column": error.colno, "reason": error.msg})) from error
    except RecursionError as error:
        raise Broken(Words(N_("The file is nested too deeply."))) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise Broken(Words(N_("The file holds a number that is too long."))) from error
    _shallow(value)
    return value


def _shallow(value: Any) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEPTH:
            raise Broken(Words(N_("The file is nested too deeply.")))
        level = [child for node in level for child in _children(node)]


def _children(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Broken(Words(N_("The field “%(name)s” is written twice in the same object."), {"name": twice}))
    return found


def _constant(name: str) -> NoReturn:
    raise Broken(Words(N_("%(name)s is not a number that JSON knows."), {"name": name}))


def refusal(problems: list[Words]) -> Invalid:
    """All that is wrong with a file, together."""
    return Invalid(
        N_("The plan file cannot be read. Nothing was imported."),
        code="plan_file",
        field="file",
        problems=problems[:MOST_PROBLEMS],
    )


class Reader:
    """Takes fields from the objects of a file and remembers what was wrong and what nobody took."""

    def __init__(self) -> None:
        self.problems: list[Words] = []
        self.unplaced: list[dict[str, Any]] = []

    def fault(self, message: str, where: str, **params: Any) -> None:
        """Note a fault at a place of the file."""
        self.problems.append(Words(message, {"where": where or "/", **params}))

    def leave(self, where: str, value: Any) -> None:
        """Keep a value that has no field of ours."""
        self.unplaced.append({"path": where, "value": _storable(value)})

    def mapping(self, value: Any, where: str) -> dict[str, Any]:
        """An object, copied so that what is taken can be removed."""
        if isinstance(value, dict):
            return dict(value)
        self.fault(N_("%(where)s: an object is expected here."), where)
        return {}

    def items(self, source: dict[str, Any], name: str, where: str) -> list[tuple[str, Any]]:
        """The elements of a list field with their places; a missing or null list is empty."""
        value = source.pop(name, None)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(N_("%(where)s: a list is expected here."), at(where, name))
            return []
        return [(f"{at(where, name)}[{i}]", item) for i, item in enumerate(value)]

    def text(self, source: dict[str, Any], name: str, where: str, limit: int, required: bool = False) -> str:
        """A text field in NFC; an absent one is empty unless required."""
        value = source.pop(name, None)
        if value is None and not required:
            return ""
        return self.string("" if value is None else value, at(where, name), limit, required)

    def string(self, value: Any, where: str, limit: int, required: bool = True) -> str:
        """One text: a string without control characters, not longer than the limit."""
        if not isinstance(value, str):
            self.fault(N_("%(where)s: a text is expected here."), where)
            return ""
        if required and is_blank(value) and not _INVISIBLE.search(value):
            self.fault(N_("%(where)s: the text is missing or empty."), where)
            return ""
        try:
            return typed(value, field=where, limit=limit, required=required)
        except Invalid as error:
            self.fault(N_("%(where)s: %(what)s"), where, what=error.words)
            return ""

    def strings(self, source: dict[str, Any], name: str, where: str, limit: int = NAME) -> list[str]:
        """A list of texts; a single text counts as a list of one."""
        if isinstance(source.get(name), str):
            source[name] = [source[name]] if source[name].strip() else []
        return [self.string(item, place, limit) for place, item in self.items(source, name, where)]

    def texts(self, source: dict[str, Any], name: str, where: str, limit: int) -> list[tuple[str, str]]:
        """A list of paragraphs, each a text or an object with a text and its key."""
        if isinstance(source.get(name), str):
            source[name] = [source[name]] if source[name].strip() else []
        return [self._text_and_key(item, place, limit) for place, item in self.items(source, name, where)]

    def _text_and_key(self, item: Any, where: str, limit: int) -> tuple[str, str]:
        if not isinstance(item, dict):
            return self.string(item, where, limit), ""
        inner = dict(item)
        key, text = self.key(inner, where, "c"), self.text(inner, "text", where, limit, required=True)
        self.rest(inner, where)
        return text, key

    def key(self, source: dict[str, Any], where: str, prefix: str) -> str:
        """What the portal called this part; anything else under that name is no key of ours, and is listed."""
        value = source.pop("key", None)
        if isinstance(value, str) and _KEY.fullmatch(value) and value.startswith(prefix):
            return value
        if value is not None:
            self.leave(at(where, "key"), value)
        return ""

    def left_before(self, source: dict[str, Any]) -> None:
        """What an earlier import could not place travels on with the plan."""
        for place, item in self.items(source, "unplaced", ""):
            if isinstance(item, dict) and isinstance(item.get("path"), str) and "value" in item:
                self.unplaced.append(_storable(item))
            else:
                self.leave(place, item)

    def whole(self, source: dict[str, Any], name: str, where: str, low: int, high: int) -> int | None:
        """A whole number within bounds, or nothing."""
        value = source.pop(name, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(
                N_("%(where)s: a whole number from %(low)d to %(high)d is expected here."),
                at(where, name),
                low=low,
                high=high,
            )
            return None
        return value

    def keep(self, source: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
        """Facts that the file says of itself, kept as they are."""
        return {name: _storable(source.pop(name)) for name in names if name in source and source[name] is not None}

    def rest(self, source: dict[str, Any], where: str) -> None:
        """Whatever was not taken: listed as unplaced, so that nothing is dropped silently."""
        for name, value in source.items():
            if value is not None:
                self.leave(at(where, name), value)


def at(where: str, name: str) -> str:
    """The place of a field."""
    return f"{where}.{name}" if where else name


def _storable(value: Any) -> Any:
    """The same value without what a database refuses to hold (NUL, lone surrogates), in NFC."""
    match value:
        case str():
            return unicodedata.normalize("NFC", _INVISIBLE.sub("\ufffd", value))
        case dict():
            return {str(_storable(k)): _storable(v) for k, v in value.items()}
        case list():
            return [_storable(v) for v in value]
        case int() if not isinstance(value, bool) and abs(value) >= 2**53:
            return str(value)
    return value
