"""Addresses without a language: for machines, and data for everybody."""

from __future__ import annotations

from django.urls import include, path, re_path

from cities.map.page import world_map
from detwin.sitemaps import sitemap
from front import machinery, open_data
from news import press_files
from news.picture_files import picture_file
from news.share_pictures import article_picture
from petitions import short_links
from petitions.pictures import share_picture

app_name = "root"

urlpatterns = [
    path("healthz", machinery.health, name="health"),
    path("readyz", machinery.ready, name="ready"),
    path("robots.txt", machinery.robots, name="robots"),
    path("favicon.ico", machinery.favicon, name="favicon"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(".well-known/security.txt", machinery.security, name="security"),
    path("manifest.webmanifest", machinery.manifest, name="manifest"),
    path("map.svg", world_map, name="map"),
    path("share/<slug:code>/<slug:slug>.png", share_picture, name="share-picture"),
    path(
        "share/<slug:code>/news/<slug:slug>.png",
        article_picture,
        name="article-picture",
    ),
    re_path(
        r"^pictures/(?P<digest>[0-9a-f]{32})-(?P<width>[1-9][0-9]{2,3})\.jpg$",
        picture_file,
        name="picture",
    ),
    # /press/
    path("press/pictures.zip", press_files.press_archive, name="press-archive"),
    path("press/<slug:slug>.jpg", press_files.press_picture, name="press-picture"),
    path(
        "press/<slug:slug>.small.<slug:version>.jpg",
        press_files.press_picture_small,
        name="press-picture-small",
    ),
    # /q/
    path("q/<slug:code>", short_links.short_link, name="short-link"),
    path("q/<slug:code>.svg", short_links.qr, name="qr"),
    # /data/
    path("data/", include(open_data.urlpatterns)),
]
