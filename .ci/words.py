"""The words of Parere: extract them, keep the catalogues in step, compile them, and say what is missing.

A catalogue belongs to a domain, and the path of a file fixes its domain:

    portal/<domain>/**            templates/<domain>/**
    portal/{web,live,api,cli,forms,notify}/<domain>.py        templates/mail/<domain>/**
    everything else               the catalogue `messages`

    python .ci/words.py update [DOMAIN ...] [--prune]
    python .ci/words.py compile
    python .ci/words.py check
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "portal" / "translations"
SAME = ROOT / ".ci" / "words-same.txt"
LOCALES = ("it", "en")
DOORS = ("web", "live", "api", "cli", "forms", "notify")
SHARED = "messages"
IN_PARTS = ("conferences", "opinions")  # packages so large that each part has words of its own
SCREENS = {"cockpit", "screen", "follow"}  # pages over several packages, with words of their own
SHOWN = 40  # faults told in full
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")

Key = tuple[str, str | None]


def domains() -> set[str]:
    """The packages of `portal` that own words: all of them, less the doors and the kernel; and their parts."""
    packages = {path.parent.name for path in (ROOT / "portal").glob("*/__init__.py")} - {*DOORS, "kernel"}
    inner = {path.parent.name for name in IN_PARTS for path in (ROOT / "portal" / name).glob("*/__init__.py")}
    return packages | inner | SCREENS


def domain_of(path: Path, known: set[str]) -> str:
    """The catalogue that a source file's words belong to."""
    parts = path.relative_to(ROOT).parts
    name = parts[1] if len(parts) > 2 else ""
    if parts[0] == "portal" and name in DOORS:
        name = Path(parts[2]).stem
    elif len(parts) > 3 and (parts[:2] == ("templates", "mail") or (parts[0] == "portal" and parts[2] in known)):
        name = parts[2]
    return name if name in known else SHARED


def sources() -> Iterator[tuple[Path, str]]:
    """Every file that holds words, with the method that reads it."""
    for path in sorted((ROOT / "portal").rglob("*.py")):
        yield path, "python"
    for pattern in ("*.html", "*.txt"):
        for path in sorted((ROOT / "templates").rglob(pattern)):
            yield path, "jinja2.ext:babel_extract"


def extracted() -> dict[str, Catalog]:
    """What the sources say now: one template a domain."""
    known = domains()
    templates = {name: Catalog() for name in (*sorted(known), SHARED)}
    options = {"extensions": "jinja2.ext.do", "trimmed": "true", "silent": "false"}
    for path, method in sources():
        with path.open("rb") as file:
            found = extract(method, file, keywords=KEYWORDS, options={} if method == "python" else options)
            for line, text, _, context in found:
                if text and text != ("",):
                    templates[domain_of(path, known)].add(text, context=context, locations=[(path.name, line)])
    return templates


def po_path(locale: str, domain: str) -> Path:
    """Where a catalogue lives."""
    return CATALOGUES / locale / "LC_MESSAGES" / f"{domain}.po"


def load(locale: str, domain: str) -> Catalog:
    """A catalogue as it is on disk, or an empty one."""
    path = po_path(locale, domain)
    if not path.exists():
        return Catalog(locale=locale, domain=domain)
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain=domain, abort_invalid=True)


def key_of(message: Message) -> Key:
    """What makes a message the same message."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def messages(catalog: Catalog) -> dict[Key, Message]:
    """All messages but the header."""
    return {key_of(message): message for message in catalog if message.id}


def header(locale: str) -> str:
    """A header that never changes by itself: no dates, no tools, no people."""
    plural = get_plural(Locale.parse(locale))
    lines = (
        "Project-Id-Version: Parere",
        f"Language: {locale}",
        f"Plural-Forms: nplurals={plural.num_plurals}; plural={plural.plural_expr};",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def merged(locale: str, domain: str, template: Catalog, elsewhere: dict[Key, Message], *, prune: bool) -> Catalog:
    """The template with the translations that exist; what nothing says any more is kept aside until pruned."""
    old = load(locale, domain)
    known = messages(old)
    aside = {key_of(message): message for message in old.obsolete.values()}
    fresh = Catalog(locale=locale, domain=domain)
    wanted = messages(template)
    for key, message in wanted.items():
        source = known.get(key) or aside.get(key) or elsewhere.get(key)
        fits = source is not None and isinstance(source.id, str) == isinstance(message.id, str)
        fresh.add(message.id, source.string if source and fits else None, context=message.context)
    if not prune:
        for key, message in {**aside, **known}.items():
            if key not in wanted and any(strings(message)):
                fresh.obsolete[key[0]] = message
    return fresh


def rendered(catalog: Catalog, locale: str) -> str:
    """A catalogue as text: sorted by message, without the lines where it was found."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, no_location=True, omit_header=True, sort_output=True, width=0)
    return header(locale) + buffer.getvalue().decode().strip() + "\n"


def update(only: list[str], *, prune: bool) -> int:
    """Bring the catalogues in step with the sources; only files that change are written."""
    templates = extracted()
    for locale in LOCALES:
        elsewhere = {
            key: message
            for name in templates
            for key, message in messages(load(locale, name)).items()
            if any(strings(message))
        }
        for domain in only or templates:
            fresh = merged(locale, domain, templates[domain], elsewhere, prune=prune)
            path = po_path(locale, domain)
            if not (messages(fresh) or fresh.obsolete):
                path.unlink(missing_ok=True)
                continue
            text = rendered(fresh, locale)
            if not path.exists() or path.read_text() != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
    return 0


def compile_all() -> int:
    """Write a .mo beside every .po, and remove those whose .po is gone."""
    for path in CATALOGUES.rglob("*.mo"):
        if not path.with_suffix(".po").exists():
            path.unlink()
    for path in sorted(CATALOGUES.rglob("*.po")):
        catalog = load(path.parent.parent.name, path.stem)
        buffer = io.BytesIO()
        write_mo(buffer, catalog)
        path.with_suffix(".mo").write_bytes(buffer.getvalue())
    return 0


def strings(message: Message) -> tuple[str, ...]:
    """The translations of a message, one or one a plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def ids(message: Message) -> tuple[str, ...]:
    """The English of a message, one or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def same_words() -> set[str]:
    """Messages that may read the same in Italian."""
    lines = SAME.read_text().splitlines()
    return {line for line in lines if line.strip() and not line.startswith("# ")}


def has_words(text: str) -> bool:
    """True if something is left to translate once the placeholders are gone."""
    return re.search(r"[^\W\d_]{2}", PLACEHOLDER.sub("", text)) is not None


def placeholders(text: str) -> set[str]:
    """What a text leaves to be filled in."""
    return set(PLACEHOLDER.findall(text)) - {"%%"}


def faults_of(message: Message, locale: str, same: set[str]) -> Iterator[str]:
    """What is wrong with one message of one catalogue."""
    texts = strings(message)
    if message.fuzzy:
        yield "is marked fuzzy"
    if locale == LOCALES[0] and not (texts and all(texts)):
        yield "has no translation"
        return
    expected = placeholders(ids(message)[-1])
    singular = texts[:-1] if len(ids(message)) > 1 else ()  # one of a thing may go without its number
    if any(text and placeholders(text) != expected for text in texts if text not in singular) or any(
        placeholders(text) - expected for text in singular
    ):
        yield f"has other placeholders than {sorted(expected)}"
    english = ids(message)[0]
    if locale == LOCALES[0] and texts[0] == english and has_words(english) and english not in same:
        yield "reads the same as the English"
    if locale == LOCALES[0] and any(STRAIGHT.search(text) for text in texts):
        yield "has a straight apostrophe: write ’"


def faults() -> Iterator[str]:
    """Everything that keeps the catalogues from being complete."""
    templates, same = extracted(), same_words()
    for locale in LOCALES:
        seen: dict[Key, tuple[str, tuple[str, ...]]] = {}
        for domain, template in templates.items():
            catalog = load(locale, domain)
            have, want = messages(catalog), messages(template)
            where = f"{locale}/{domain}.po"
            yield from (f"{where}: «{key[0]}» is not in the catalogue" for key in want if key not in have)
            yield from (f"{where}: «{key[0]}» is said nowhere" for key in have if key not in want)
            yield from (f"{where}: «{key}» is obsolete" for key in catalog.obsolete)
            for key, message in have.items():
                yield from (f"{where}: «{key[0]}» {fault}" for fault in faults_of(message, locale, same))
                before = seen.setdefault(key, (domain, strings(message)))
                if before[1] != strings(message):
                    yield f"{where}: «{key[0]}» reads otherwise in {before[0]}.po"
        for path in sorted((CATALOGUES / locale / "LC_MESSAGES").glob("*.po")):
            if path.stem not in templates:
                yield f"{locale}/{path.name}: no package has this name"


def check() -> int:
    """Say what is wrong; 0 if nothing is."""
    found = list(faults())
    for fault in found[:SHOWN]:
        print(fault)
    if found:
        print(f"{len(found)} faults. `make words` brings the catalogues in step; the Italian is yours to write.")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description="Keep the catalogues of words in step with the sources.")
    parser.add_argument("command", choices=("update", "compile", "check"))
    parser.add_argument("domains", nargs="*", help="only these catalogues")
    parser.add_argument("--prune", action="store_true", help="forget translations of words that nothing says any more")
    given = parser.parse_args(arguments)
    if given.command == "update":
        return update(given.domains, prune=given.prune)
    return compile_all() if given.command == "compile" else check()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
