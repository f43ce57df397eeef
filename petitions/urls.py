from __future__ import annotations

from django.urls import path

from petitions import signing, token_page, views

app_name = "petitions"

# /<lang>/petitions/…
petition_patterns = [
    path("petitions/", views.petition_list, name="list"),
    path("petitions/<slug:slug>/", views.petition_page, name="petition"),
    path("petitions/<slug:slug>/sign", signing.sign, name="sign"),
    path("petitions/<slug:slug>/thanks", views.thanks, name="thanks"),
    path("petitions/<slug:slug>/code", signing.code, name="code"),
    path("petitions/<slug:slug>/link", signing.link, name="link"),
]

# /<lang>/s/…
token_patterns = [path("s/<str:token>/", token_page.token_page, name="token")]

urlpatterns = petition_patterns + token_patterns
