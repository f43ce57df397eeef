"""Looks for a text in bytes under every encoding in which it might have leaked."""

from __future__ import annotations

import base64
import quopri
import re
from pathlib import Path
from urllib.parse import quote

from django.db import connection

# Databases keep files full of nothing, which take long to search.
EMPTY_RUN = re.compile(rb"\0{65,}")


def disguises(text):
    """Return a text's bytes in each encoding that a store or a log might use."""
    found = set()
    for codec in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = text.encode(codec)
        found |= {raw, raw.hex().encode(), raw.hex().upper().encode()}
        found |= {inside_base64(raw, shift) for shift in range(3)}
    found |= {quote(text).encode(), quopri.encodestring(text.encode())}
    return found | {text.encode("unicode_escape")}


def inside_base64(raw, shift):
    """Return the part of a base64 text that is the same whatever stands around."""
    whole = base64.b64encode(bytes(shift) + raw).rstrip(b"=")
    return whole[(0, 2, 3)[shift] : -1]


def leaked(texts, haystack):
    """Return those texts of which any disguise stands in the bytes, in any case."""
    folded = EMPTY_RUN.sub(bytes(64), haystack.lower())
    return [
        text
        for text in texts
        if any(form in folded for form in {form.lower() for form in disguises(text)})
    ]


def every_column():
    """Return all that the tables hold, of every column of every row, as bytes."""
    parts = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            parts += [as_bytes(value) for row in cursor.fetchall() for value in row]
    return b"\n".join(parts)


def as_bytes(value):
    """Return one stored value as the bytes that a dump would show."""
    if isinstance(value, memoryview | bytes):
        return bytes(value) + b"\n" + bytes(value).hex().encode()
    return str(value).encode()


def database_files():
    """Return the bytes of SQLite's files: the database and its write-ahead log."""
    path = Path(connection.settings_dict["NAME"])
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
