from __future__ import annotations

from functools import partial
from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        """Add to the worker's round, signers first; let files go with their row."""
        from news.sending import send_news, send_previews
        from news.share_pictures import draw_pictures
        from news.subscribing import ask_by_mail, ask_to_renew, enrol_confirmed
        from safety.worker_steps import add_idle_step, add_step

        add_step(ask_by_mail)
        add_step(enrol_confirmed, is_patient=True)
        add_step(ask_to_renew, is_patient=True)
        add_step(send_previews)
        add_step(send_news, is_patient=True)
        add_idle_step(draw_pictures)
        picture = self.get_model("Picture")
        post_delete.connect(remove_files, picture, dispatch_uid="news.pictures")


def remove_files(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Delete a picture's files once its row is gone for good."""
    from news.picture_files import remove

    transaction.on_commit(partial(remove, instance.digest, instance.widths))
