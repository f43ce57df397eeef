"""The desk's own pages, beside those of Django's admin."""

from __future__ import annotations

from django.urls import path

from front.desk import (
    candidates,
    decided,
    importing,
    mailings,
    overview,
    translations,
)

app_name = "desk"

# /<DESK_PATH>/record/, /<DESK_PATH>/translations/ and /<DESK_PATH>/mailings/
urlpatterns = [
    path("translations/", translations.translation_desk, name="translations"),
    path("translations/<int:pk>/<slug:code>/", translations.still_fits, name="fits"),
    path("record/", overview.overview, name="record"),
    path("record/checks/", overview.checks, name="checks"),
    path("record/checks/<int:pk>/", overview.checked_again, name="checked"),
    path("record/decided/", decided.choose_place, name="choose"),
    path("record/decided/<slug:slug>/", decided.decided, name="decided"),
    path("record/places/<slug:slug>/", decided.place_on_record, name="place"),
    path("record/candidates/<int:pk>/", candidates.candidate, name="candidate"),
    path("record/import/", importing.upload, name="import"),
    path("record/import/apply/", importing.apply, name="apply"),
    path("record/export/<slug:name>.csv", importing.export, name="export"),
    path("mailings/", mailings.mailings, name="mailings"),
    path("mailings/<int:pk>/", mailings.mailing, name="mailing"),
    path("mailings/<int:pk>/preview/", mailings.preview, name="mailing-preview"),
    path("mailings/<int:pk>/ask/", mailings.ask, name="mailing-ask"),
    path("mailings/<int:pk>/stop/", mailings.stop, name="mailing-stop"),
]
