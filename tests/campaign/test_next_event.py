"""Whoever has just confirmed learns where to come next."""

from __future__ import annotations

from tests.campaign.conftest import make_event


def test_the_next_event_of_the_city_stands_on_the_confirmed_page(
    client, sign, leeds_petition, newcastle
):
    make_event("elsewhere", 1, place=newcastle)
    make_event("cancelled", 2, place=leeds_petition.place, state="cancelled")
    make_event("here", 3, place=leeds_petition.place)
    link = sign()
    page = client.post(link, {"action": "confirm"})
    assert page.context["next_event"].slug == "here"
    assert "Stall here" in page.content.decode()
    assert client.get(link).context["next_event"] is None
