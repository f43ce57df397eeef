"""From the bytes of an uploaded file to lines of cells, with every complaint told."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from cities.csv_cells import unguarded
from cities.importing.cells import is_formula, tidy

# The whole record is a third of this; larger files are refused before they are read.
LARGEST_BYTES = 1_500_000
# Ten times the record; short lines would else make a page that no browser shows.
MOST_ROWS = 7_000
WORKBOOK = b"PK\x03\x04"
DELIMITERS = (",", ";", "\t")
CHINESE = re.compile("[\u4e00-\u9fff]")
PAIR = re.compile(rb"[\x80-\xff]{2}")
# What nobody sees and a text does not need: controls, and marks that turn or hide it.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class Unreadable(Exception):
    """A file of which no line can be used; says why in the active language."""


@dataclass(frozen=True)
class Line:
    """One row of the file: where it stands, its cells, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    problems: tuple[str, ...] = ()


def read_lines(
    content: bytes, columns: Sequence[str], optional: Sequence[str] = ()
) -> list[Line]:
    """Read a file that has these columns, and perhaps the optional ones, in any order.

    Raises Unreadable when it is none; what is wrong with one row is in its line.
    """
    text = decoded(content)
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True
    )
    try:
        header = [name.strip() for name in next(reader, [])]
        check_header(header, columns, optional)
        lines = list(islice(_lines(reader, header), MOST_ROWS + 1))
    except csv.Error:
        text = _(
            "Line %(line)s: a quotation mark stands alone, or a cell is far too long."
        )
        raise Unreadable(text % {"line": reader.line_num}) from None
    if not lines:
        raise Unreadable(_("The file has a header and no rows."))
    if len(lines) > MOST_ROWS:
        text = _("The file has more than %(number)s rows. Send it in parts.")
        raise Unreadable(text % {"number": MOST_ROWS})
    return lines


def decoded(content: bytes) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark."""
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content.startswith(WORKBOOK):
        raise Unreadable(_("This is a workbook. Save it as “CSV UTF-8” first."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(wrong_encoding(1, "UTF-16"))
    if b"\0" in content:
        line = line_at(content, content.index(b"\0"))
        text = _("Line %(line)s holds a NUL byte: this is no text file.")
        raise Unreadable(text % {"line": line})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = line_at(content, error.start)
        raise Unreadable(wrong_encoding(line, guess(content))) from None


def line_at(content: bytes, position: int) -> int:
    """Return the number of the line on which a byte stands."""
    return content[:position].count(b"\n") + 1


def wrong_encoding(line: int, name: str) -> str:
    """Say that the file is not UTF-8, what it may be, and how to save it."""
    return _(
        "Line %(line)s is not UTF-8; the file looks like %(encoding)s. In Excel save "
        "it as “CSV UTF-8”, in LibreOffice choose the character set “Unicode (UTF-8)”."
    ) % {"line": line, "encoding": name}


def guess(content: bytes) -> str:
    """Name the encoding that a file may be in; only ever used in the message.

    In Western text a byte beyond ASCII stands alone between letters.
    """
    codecs = (("big5hkscs", "Big5"), ("gb18030", "GBK"))
    for codec, name in codecs if PAIR.search(content) else ():
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if CHINESE.search(text):
            return name
    return "Windows-1252"


def delimiter_of(text: str) -> str:
    """Return what parts the names of the header: comma, semicolon or tab."""
    first = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def check_header(
    header: list[str], columns: Sequence[str], optional: Sequence[str]
) -> None:
    """Raise Unreadable unless the header names each column once and no unknown one."""
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in (*columns, *optional)]
    repeated = sorted({name for name in header if header.count(name) > 1})
    told = []
    if missing:
        told.append(_("Missing columns: %(names)s.") % {"names": ", ".join(missing)})
    if unknown:
        told.append(_("Unknown columns: %(names)s.") % {"names": ", ".join(unknown)})
    if repeated:
        told.append(_("Repeated columns: %(names)s.") % {"names": ", ".join(repeated)})
    if told:
        raise Unreadable(" ".join(told))


def _lines(reader: Iterator[list[str]], header: list[str]) -> Iterator[Line]:
    """Yield the rows that hold anything; multi-line rows count by their first line."""
    number = reader.line_num + 1  # type: ignore[attr-defined]
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield _line(number, cells, header)
        number = reader.line_num + 1  # type: ignore[attr-defined]


def _line(number: int, cells: list[str], header: list[str]) -> Line:
    if len(cells) != len(header):
        counts = {"found": len(cells), "wanted": len(header)}
        text = _("%(found)s cells instead of %(wanted)s.") % counts
        return Line(number, {}, (text,))
    named = dict(zip(header, cells, strict=True))
    problems = [text for name, cell in named.items() for text in _wrong(name, cell)]
    plain = {name: tidy(unguarded(cell)) for name, cell in named.items()}
    return Line(number, plain, tuple(problems))


def _wrong(column: str, cell: str) -> Iterator[str]:
    """Say what no cell may hold, whatever its column means."""
    told = {"column": column}
    if is_formula(cell):
        text = _(
            "%(column)s begins like a formula. Put an apostrophe (') before it if it "
            "is meant as text."
        )
        yield text % told
    if found := UNSEEN.search(tidy(cell)):
        told["code"] = f"U+{ord(found[0]):04X}"
        yield _("%(column)s holds a character that cannot be seen (%(code)s).") % told
