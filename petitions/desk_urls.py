"""Addresses under /desk/exports/."""

from __future__ import annotations

from django.urls import path

from petitions import exporting

app_name = "exports"

urlpatterns = [
    path("<slug:slug>/ask/", exporting.ask_export, name="ask"),
    path("<int:pk>/download/", exporting.download, name="download"),
]
