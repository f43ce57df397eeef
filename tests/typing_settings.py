"""The project's settings as the type checker sees them.

The translation library swaps each model's manager for one made at run time, which
no type checker can follow; the plain models are what is checked.
"""

from __future__ import annotations

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS as _APPS

INSTALLED_APPS = [
    app.replace(
        "detwin.desk_app.DeskConfig", "django.contrib.admin.apps.SimpleAdminConfig"
    )
    for app in _APPS
    if app != "modeltranslation"
]
