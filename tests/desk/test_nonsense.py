"""What no page of the desk ever sends is refused in words, and is no failure of ours."""

from __future__ import annotations

import pytest

from detwin.desk import MOST_ROWS

HUGE = "9" * 400


@pytest.mark.parametrize(
    "query", ["?_to_field=nothing", "?_to_field=%00", "?_to_field=reason"]
)
def test_a_field_that_is_none_is_refused(desk, leeds, query):
    response = desk.get(f"/desk/cities/place/{leeds.pk}/change/{query}")
    assert response.status_code == 400
    assert b"<h1" in response.content


CHOSEN_BY_SEARCH = [
    ("cities/recordcorrection", "place"),
    ("petitions/papersheet", "petition"),
    ("petitions/quarantinerun", "petition"),
    ("news/mailing", "article"),
]


@pytest.mark.parametrize(("page", "field"), CHOSEN_BY_SEARCH)
@pytest.mark.parametrize("key", ["x", "\0", "-1", "1e9", HUGE, ""])
def test_what_is_no_key_counts_as_no_choice(desk, page, field, key):
    path = f"/desk/{page}/add/"
    filled_in = desk.get(path, {field: key})
    assert filled_in.status_code == 200
    assert not filled_in.context["adminform"].form.is_bound
    posted = desk.post(path, {field: key})
    assert posted.status_code == 200
    assert posted.context["adminform"].form.errors


def test_a_choice_by_search_is_kept_when_something_else_is_wrong(desk, leeds_petition):
    key = str(leeds_petition.pk)
    page = desk.post("/desk/petitions/papersheet/add/", {"petition": key})
    assert page.status_code == 200
    assert f'<option value="{key}" selected>leeds</option>' in page.content.decode()


def wording(number, position, **values):
    """What an organiser types to add a wording below the others."""
    texts = {
        f"{field}_{code}": "A text"
        for field in ("title", "ask", "body")
        for code in ("en", "zh_hant", "zh_hans")
    }
    row = {"number": str(number), "council_language": "", "council_text": "", **texts}
    return {f"wordings-{position}-{name}": value for name, value in row.items()} | {
        "wordings-TOTAL_FORMS": str(position + 1),
        "wordings-INITIAL_FORMS": str(position),
        **values,
    }


def petition_values(petition):
    return {
        "slug": petition.slug,
        "scope": "city",
        "place": petition.place_id,
        "state": "open",
        "opens_on": petition.opens_on,
        "closes_on": petition.closes_on,
    }


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Wording with this Petition and Number already exists."),
        ("zh-hant", "已經存在"),
        ("zh-hans", "已经存在"),
    ],
)
def test_a_number_that_somebody_added_meanwhile_is_told(
    desk, leeds_petition, sign, language, sentence
):
    """The page was opened before another organiser saved the same number."""
    sign()
    desk.get(f"/desk/?language={language}")
    path = f"/desk/petitions/petition/{leeds_petition.pk}/change/"
    data = petition_values(leeds_petition) | wording(2, 0)
    assert desk.post(path, data).status_code == 302
    page = desk.post(path, data)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert leeds_petition.wordings.count() == 2


def test_no_page_builds_more_rows_than_anybody_types(desk, leeds_petition):
    path = f"/desk/petitions/petition/{leeds_petition.pk}/change/"
    data = petition_values(leeds_petition) | wording(2, 0)
    page = desk.post(path, data | {"wordings-TOTAL_FORMS": "99999"})
    assert page.status_code == 200
    (rows,) = page.context["inline_admin_formsets"]
    assert len(rows.formset.forms) == MOST_ROWS
    assert leeds_petition.wordings.count() == 1


def test_a_number_that_no_database_holds_is_refused(desk, leeds_petition):
    path = f"/desk/petitions/petition/{leeds_petition.pk}/change/"
    assert desk.post(path, {"twinnings": [HUGE]}).status_code in (200, 400)
    data = {"twinnings": [HUGE], "status": "ended"}
    assert desk.post("/desk/record/decided/leeds/", data).status_code in (400, 422)


@pytest.mark.parametrize("key", [HUGE, "%00", "x", "1e9", "-1"])
def test_a_row_that_cannot_be_leads_back(desk, key):
    response = desk.get(f"/desk/petitions/petition/{key}/change/")
    assert (response.status_code, response["Location"]) == (302, "/desk/")
