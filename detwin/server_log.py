"""The web server's own log, which must not name visitors or signers either.

By itself gunicorn writes a visitor's address beside each request it cannot read, and
the path of each request that fails, with the token of a signer's link in it.
"""

from __future__ import annotations

import logging
import re

from detwin.logs import without_secrets

# What stands behind these words comes from the visitor.
FROM_A_VISITOR = re.compile(r"(Invalid request|Error handling request)\b.*", re.DOTALL)
# A worker that cannot start has met no visitor yet, and its reason is needed.
AT_START = "Exception in worker process"


class ServerFilter(logging.Filter):
    """Cleans each line of the web server; lets every one of them through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut what a visitor sent, and of an exception keep its class only."""
        message = record.getMessage()
        record.msg = without_secrets(FROM_A_VISITOR.sub(r"\1", message))
        record.args = None
        if record.exc_info and message != AT_START:
            kind = record.exc_info[0]
            record.msg += f" ({kind.__name__ if kind else '-'})"
            record.exc_info = record.exc_text = None
        return True
