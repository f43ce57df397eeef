from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        """Add the mails to subscribers to the worker's round; signers' come first."""
        from news.sending import send_news, send_previews
        from news.subscribing import ask_by_mail, ask_to_renew, enrol_confirmed
        from safety.worker_steps import add_step

        add_step(ask_by_mail)
        add_step(enrol_confirmed, is_patient=True)
        add_step(ask_to_renew, is_patient=True)
        add_step(send_previews)
        add_step(send_news, is_patient=True)
