"""Which version of the joint statement the site shows.

The text stands in `templates/front/prose/statement.*.html`. Whoever changes what it
says raises the number: groups that signed the old text have not signed the new one.
"""

from __future__ import annotations

VERSION = 1
