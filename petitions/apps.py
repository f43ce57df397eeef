from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PetitionsConfig(AppConfig):
    name = "petitions"
    verbose_name = _("Petitions")

    def ready(self) -> None:
        """Add to the worker's round."""
        from petitions.nightly import check_night, post_heads
        from petitions.pictures import draw_pictures
        from petitions.quarantining import work_on_runs
        from safety.worker_steps import add_idle_step, add_step

        add_step(check_night)
        add_step(post_heads)
        add_step(work_on_runs)
        add_idle_step(draw_pictures)
