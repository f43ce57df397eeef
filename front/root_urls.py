"""Addresses without a language: for machines, and data for everybody."""

from __future__ import annotations

from django.urls import path

from cities import open_data as cities_data
from detwin.sitemaps import sitemap
from front import machinery, open_data
from petitions import short_links

app_name = "root"

urlpatterns = [
    path("healthz", machinery.health, name="health"),
    path("readyz", machinery.ready, name="ready"),
    path("robots.txt", machinery.robots, name="robots"),
    path("favicon.ico", machinery.favicon, name="favicon"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(".well-known/security.txt", machinery.security, name="security"),
    path("manifest.webmanifest", machinery.manifest, name="manifest"),
    # /q/
    path("q/<slug:code>", short_links.short_link, name="short-link"),
    path("q/<slug:code>.svg", short_links.qr, name="qr"),
    # /data/
    path("data/places.json", cities_data.places, name="places"),
    path("data/twinnings.json", cities_data.twinnings, name="twinnings"),
    path("data/petitions.json", open_data.petitions, name="petitions"),
]
