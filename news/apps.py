from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        """Add to what the worker does while nothing waits."""
        from news.pictures import draw_pictures
        from safety.worker_steps import add_idle_step

        add_idle_step(draw_pictures)
