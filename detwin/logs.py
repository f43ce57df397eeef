"""Logs that cannot name a signer: tokens cut, exceptions without their message."""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from types import TracebackType
from typing import Any

from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

# The token of a signer's link stands behind `/s/` in paths that Django logs, that of
# an organiser's behind `/enrol/`.
TOKEN_PATH = re.compile(r"(/(?:s|enrol)/)[^/\s\"']+")
# Begins only where a word does and never goes back: a long path costs no more than
# one reading, whatever is in it.
MAILBOX = re.compile(r"(?<![^\s<>\"'/:])[^\s<>\"'/:@]*+@[^\s<>\"'/:]+")


def without_secrets(text: str) -> str:
    """Cut link tokens and anything shaped like an e-mail address from a line."""
    return MAILBOX.sub("[address]", TOKEN_PATH.sub(r"\1[token]", text))


class TokenFilter(logging.Filter):
    """Cleans each record before any handler formats it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the record's message by its cleaned text; always keep it."""
        record.msg = without_secrets(record.getMessage())
        record.args = None
        return True


class PlainFormatter(logging.Formatter):
    """Formats an exception as its class, our own frames and a random number.

    Messages are left out because they carry data: a refused recipient's address,
    or the values of a statement that the database rejected.
    """

    def formatException(
        self,
        ei: (
            tuple[type[BaseException], BaseException, TracebackType | None]
            | tuple[None, None, None]
        ),
    ) -> str:
        """Return one line per own frame, never a message and never a local value."""
        kind, _, trace = ei
        lines = [f"error {secrets.token_hex(4)}: {kind.__name__ if kind else '-'}"]
        lines += [
            f"  {frame.filename.removeprefix(str(settings.BASE_DIR))}:{frame.lineno}"
            for frame in traceback.extract_tb(trace)
            if frame.filename.startswith(str(settings.BASE_DIR))
            and "site-packages" not in frame.filename
        ]
        return "\n".join(lines)


class SilentReporter(ExceptionReporter):
    """An error report with no local values, no POST data and no settings."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Return the frames' places only."""
        return {"exception_type": getattr(self.exc_type, "__name__", "-")}

    def get_traceback_html(self) -> SafeString:
        """Return the plain report; there is no rich one."""
        return self.get_traceback_text()

    def get_traceback_text(self) -> SafeString:
        """Return the exception's class and our own frames."""
        report = PlainFormatter().formatException(
            (self.exc_type, self.exc_value, self.tb)  # type: ignore[arg-type]
        )
        return conditional_escape(report)
