from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = _("Campaign")

    def ready(self) -> None:
        """Add the mails of joining to the worker's round."""
        from campaign.join_mail import post_joining
        from safety.worker_steps import add_step

        add_step(post_joining)
