"""The translation catalogs: kept in step with the source, judged, and compiled.

`locale/<locale>/LC_MESSAGES/django.po` is written by people and by this module;
the `.mo` beside it is made from it and never committed. An entry of Simplified
Chinese that nobody has edited is converted from Traditional; a comment with a
digest of the conversion tells it from one written by hand, which stays.

`python -m detwin.catalogs` compiles; it needs no settings.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from detwin.extraction import ROOT, extracted
from detwin.simplified import simplified

TRADITIONAL, SIMPLIFIED = "zh_Hant", "zh_Hans"
LOCALES = (TRADITIONAL, SIMPLIFIED)
CONVERTED = "converted: "
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}")

# Written here, so that no time stamp changes a file in which nothing changed.
HEADER = """\
msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def update(root: Path = ROOT) -> dict[str, int]:
    """Bring the catalogs in step with the source; return the empty entries of each."""
    texts = updated(root)
    for locale, text in texts.items():
        path_of(locale, root).parent.mkdir(parents=True, exist_ok=True)
        path_of(locale, root).write_text(text, "utf-8")
    return {locale: len(list(empty(read(locale, root)))) for locale in LOCALES}


def updated(root: Path = ROOT) -> dict[str, str]:
    """Return the text that each catalog's file should have now."""
    template = extracted(root)
    traditional, simple = (merged(template, read(locale, root)) for locale in LOCALES)
    fill(simple, traditional)
    return {TRADITIONAL: written(traditional), SIMPLIFIED: written(simple)}


def compile_all(root: Path = ROOT) -> None:
    """Write the `.mo` file of each catalog."""
    for locale in LOCALES:
        with path_of(locale, root).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(locale, root))


def problems(root: Path = ROOT) -> list[str]:
    """Return what is wrong with the catalogs, one line each."""
    found = []
    for locale, text in updated(root).items():
        path = path_of(locale, root)
        shown = path.relative_to(root)
        catalog = read(locale, root)
        found += [f"{shown}: not translated: {quoted(m)}" for m in empty(catalog)]
        found += [f"{shown}: fuzzy: {quoted(m)}" for m in catalog if m.id and m.fuzzy]
        found += [f"{shown}: {fault}" for fault in faults(catalog)]
        if not path.exists() or path.read_text("utf-8") != text:
            found.append(f"{shown}: not in step with the source; run `make catalogs`")
    return found


def path_of(locale: str, root: Path = ROOT) -> Path:
    """Return where a catalog is kept."""
    return root / "locale" / locale / "LC_MESSAGES" / "django.po"


def read(locale: str, root: Path = ROOT) -> Catalog:
    """Return a catalog as its file has it; an empty one when there is no file."""
    path = path_of(locale, root)
    if not path.exists():
        return Catalog(locale=locale, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=locale, charset="utf-8", abort_invalid=True)


def merged(template: Catalog, catalog: Catalog) -> Catalog:
    """Return the catalog with exactly the template's texts."""
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def fill(simple: Catalog, traditional: Catalog) -> None:
    """Convert what is empty, or was converted before and not edited since."""
    for message in simple:
        source = traditional.get(message.id, message.context)
        if not message.id or source is None:
            continue
        if is_translated(message) and mark_of(message) not in message.user_comments:
            message.user_comments = [
                line for line in message.user_comments if not line.startswith(CONVERTED)
            ]
        elif is_translated(source):
            message.string = converted(source)
            message.user_comments = [mark_of(message)]


def converted(message: Message) -> str | tuple[str, ...]:
    """Return an entry's Traditional text, or its plural forms, in Simplified."""
    forms = tuple(simplified(form) for form in forms_of(message))
    return forms[0] if isinstance(message.string, str) else forms


def mark_of(message: Message) -> str:
    """Return the comment that an unedited conversion carries."""
    whole = "\0".join(forms_of(message))
    return CONVERTED + hashlib.sha256(whole.encode()).hexdigest()[:8]


def written(catalog: Catalog) -> str:
    """Return a catalog as the text of its file: sorted, with no line numbers."""
    stream = io.BytesIO()
    write_po(
        stream,
        catalog,
        width=0,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
    )
    header = HEADER.format(locale=str(catalog.locale))
    return (header + stream.getvalue().decode()).rstrip("\n") + "\n"


def empty(catalog: Catalog) -> Iterator[Message]:
    """Yield the entries that have no translation."""
    return (message for message in catalog if message.id and not is_translated(message))


def is_translated(message: Message) -> bool:
    """Tell whether every form of an entry is there."""
    return all(forms_of(message))


def forms_of(message: Message) -> list[str]:
    """Return an entry's translation, or its translated plural forms."""
    whole = message.string or ""
    return [whole] if isinstance(whole, str) else list(whole)


def faults(catalog: Catalog) -> Iterator[str]:
    """Yield what would show up wrong on a page, or break it."""
    for message in catalog:
        if message.id and is_translated(message):
            source = texts_of(message)[-1]
            for form in forms_of(message):
                if placeholders(form) != placeholders(source):
                    yield f"placeholders differ: {quoted(message)}"
                if form.endswith("\n") != source.endswith("\n"):
                    yield f"line ends differ: {quoted(message)}"


def texts_of(message: Message) -> list[str]:
    """Return an entry's English text, or its singular and plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def placeholders(text: str) -> set[str]:
    """Return the placeholders in a text, such as %(count)s and {place}."""
    return set(PLACEHOLDER.findall(text))


def quoted(message: Message) -> str:
    """Return how a person finds an entry."""
    source = texts_of(message)[0]
    return repr(f"{message.context} | {source}" if message.context else source)


if __name__ == "__main__":
    compile_all()
