from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FrontConfig(AppConfig):
    name = "front"
    verbose_name = _("Front pages")

    def ready(self) -> None:
        """Listen to what organisers do to the record; add to the worker's round."""
        from front.desk.audit_trail import listen
        from front.report_mail import post_reports
        from safety.worker_steps import add_step

        listen()
        add_step(post_reports)
