"""Tells Django to use our own site for its admin: the organisers' desk."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin behind our own door."""

    default_site = "front.desk_site.DeskSite"
