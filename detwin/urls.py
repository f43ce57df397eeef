from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from front import outbox
from front.style import style

handler400 = "front.errors.handler400"
handler403 = "front.errors.handler403"
handler404 = "front.errors.handler404"
handler500 = "front.errors.handler500"


# Signing is tried first: in a burst most requests are for it.
urlpatterns = [
    *i18n_patterns(
        path("", include("petitions.urls")),
        path("", include("front.urls")),
    ),
    path("", include("front.root_urls")),
    path(f"{settings.DESK_PATH}/access/", include("safety.organisers.urls")),
    path(f"{settings.DESK_PATH}/exports/", include("petitions.desk_urls")),
    # The desk's own pages first: the admin answers whatever is left.
    path(f"{settings.DESK_PATH}/", include("front.desk.urls")),
    path(f"{settings.DESK_PATH}/", admin.site.urls),
]

if settings.DEBUG:
    urlpatterns += [
        path("dev/outbox/", outbox.mails, name="outbox"),
        path("dev/outbox/<str:name>", outbox.mail, name="outbox-mail"),
        path("dev/style/", style, name="style"),
    ]
