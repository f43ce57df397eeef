from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    name = "front"
    verbose_name = _("Front pages")

    def ready(self) -> None:
        """Listen to what organisers do to the record."""
        from front.desk.audit_trail import listen

        listen()
