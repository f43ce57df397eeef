from __future__ import annotations

from django.urls import path

from petitions import printing, signing, token_page, views

app_name = "petitions"

# /<lang>/petitions/…
petition_patterns = [
    path("petitions/", views.petition_list, name="list"),
    path("petitions/<slug:slug>/", views.petition_page, name="petition"),
    path("petitions/<slug:slug>/poster/", printing.poster, name="poster"),
    path(
        "petitions/<slug:slug>/poster/<slug:code>/", printing.poster, name="poster-of"
    ),
    path("petitions/<slug:slug>/sheet/", printing.sheet, name="sheet"),
    path("petitions/<slug:slug>/sheet/<slug:code>/", printing.sheet, name="sheet-of"),
    path("petitions/<slug:slug>/sign", signing.sign, name="sign"),
    path("petitions/<slug:slug>/thanks", views.thanks, name="thanks"),
    path("petitions/<slug:slug>/code", signing.code, name="code"),
    path("petitions/<slug:slug>/link", signing.link, name="link"),
]

# /<lang>/s/…
token_patterns = [path("s/<str:token>/", token_page.token_page, name="token")]

urlpatterns = petition_patterns + token_patterns
