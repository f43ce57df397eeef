"""Addresses without a language: for machines, and data for everybody."""

from __future__ import annotations

from django.urls import include, path

from detwin.sitemaps import sitemap
from front import machinery, open_data

app_name = "root"

urlpatterns = [
    path("healthz", machinery.health, name="health"),
    path("readyz", machinery.ready, name="ready"),
    path("robots.txt", machinery.robots, name="robots"),
    path("favicon.ico", machinery.favicon, name="favicon"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(".well-known/security.txt", machinery.security, name="security"),
    path("manifest.webmanifest", machinery.manifest, name="manifest"),
    # /data/
    path("data/", include(open_data.urlpatterns)),
]
