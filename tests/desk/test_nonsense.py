"""What no page of the desk ever sends is refused in words, and is no failure of ours."""

from __future__ import annotations

import pytest

HUGE = "9" * 400


@pytest.mark.parametrize(
    "query", ["?_to_field=nothing", "?_to_field=%00", "?_to_field=reason"]
)
def test_a_field_that_is_none_is_refused(desk, leeds, query):
    response = desk.get(f"/desk/cities/place/{leeds.pk}/change/{query}")
    assert response.status_code == 400
    assert b"<h1" in response.content


@pytest.mark.parametrize("page", ["cities/recordcorrection", "petitions/quarantinerun"])
def test_a_form_filled_in_with_nonsense_is_refused(desk, page):
    field = "place" if "cities" in page else "petition"
    assert desk.get(f"/desk/{page}/add/?{field}=x").status_code == 400
    assert desk.get(f"/desk/{page}/add/?{field}=").status_code == 200


def test_a_number_that_no_database_holds_is_refused(desk, leeds_petition):
    path = f"/desk/petitions/petition/{leeds_petition.pk}/change/"
    assert desk.post(path, {"twinnings": [HUGE]}).status_code in (200, 400)
    data = {"twinnings": [HUGE], "status": "ended"}
    assert desk.post("/desk/record/decided/leeds/", data).status_code in (400, 422)


@pytest.mark.parametrize("key", [HUGE, "%00", "x", "1e9", "-1"])
def test_a_row_that_cannot_be_leads_back(desk, key):
    response = desk.get(f"/desk/petitions/petition/{key}/change/")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
