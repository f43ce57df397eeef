"""The versions of the joint statement, each with the day since which it can be read.

The text of each stands in `templates/front/prose/statement-<version>.*.html` and is
never changed: groups have signed it. Whoever says something else writes three files
with the next number and adds its day here; the old text keeps its address.
"""

from __future__ import annotations

import datetime

DATES = {1: datetime.date(2026, 11, 24)}
VERSION = max(DATES)
