"""Addresses under /desk/access/: the door, and each organiser's own account."""

from __future__ import annotations

from django.urls import path

from safety.organisers import access_views, approval_views, door_views, key_views

app_name = "access"

urlpatterns = [
    path("", access_views.home, name="home"),
    # Coming in and going out
    path("login/", door_views.log_in_by_passkey, name="login"),
    path("login/challenge", door_views.login_challenge, name="login-challenge"),
    path("enrol/<str:token>/", door_views.enrol, name="enrol"),
    path("recover/", door_views.recover, name="recover"),
    path("prove/", door_views.prove_again, name="prove"),
    path("prove/challenge", door_views.show_challenge, name="prove-challenge"),
    path("logout/", door_views.log_out, name="logout"),
    # What the account is opened by
    path("passkeys/add/", access_views.add, name="add"),
    path("passkeys/challenge", access_views.new_challenge, name="add-challenge"),
    path("passkeys/<int:pk>/remove/", access_views.remove, name="remove"),
    path("codes/", access_views.codes, name="codes"),
    path("codes/new/", access_views.make_codes, name="new-codes"),
    # What two organisers decide
    path("approvals/", approval_views.approvals, name="approvals"),
    path("approvals/<int:pk>/answer/", approval_views.answer, name="answer"),
    path("keys/<int:pk>/switch/", key_views.ask_to_switch, name="switch-key"),
]
