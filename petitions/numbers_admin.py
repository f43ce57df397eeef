"""The desk of what is counted at night."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from detwin.desk import AnyModelAdmin
from petitions.models import NightlyCheck


class ReadOnlyAdmin(AnyModelAdmin):
    """Rows that the site writes and nobody edits."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes one."""
        return False


@admin.register(NightlyCheck)
class NightlyCheckAdmin(ReadOnlyAdmin):
    list_display = ("day", "agrees", "petitions", "head")

    @admin.display(boolean=True, description=gettext_lazy("all agree"))
    def agrees(self, check: NightlyCheck) -> bool:
        """Show whether everything agreed."""
        return check.agrees
