"""Every page of the desk's own is for organisers with the permission it needs."""

from __future__ import annotations

import pytest

from cities.models import StatusEvent, Twinning, TwinningCandidate

CANDIDATE = {"place_name": "Halle", "country": "DE", "chinese_name": "Jiaxing"}
# address, method, the permissions it takes, and the status of its answer
PAGES = {
    "overview": ("", "get", ["view_twinning"], 200),
    "checks": ("checks/", "get", ["change_statusevent"], 200),
    "checked": ("checks/{event}/", "post", ["change_statusevent"], 302),
    "choose": ("decided/", "get", ["add_statusevent", "add_article"], 200),
    "decided": ("decided/leeds/", "get", ["add_statusevent", "add_article"], 200),
    "place": ("places/leeds/", "get", ["view_twinning"], 200),
    "candidate": (
        "candidates/{candidate}/",
        "get",
        ["change_twinningcandidate", "add_twinning"],
        200,
    ),
    "import": ("import/", "get", "IMPORT", 200),
    "apply": ("import/apply/", "post", "IMPORT", 302),
    "export": (
        "export/twinnings.csv",
        "get",
        ["view_twinning", "view_statusevent"],
        200,
    ),
}
IMPORT = ["add_twinning", "change_twinning", "add_statusevent", "change_statusevent"]


@pytest.fixture
def visit(client, leeds):
    """Open a page by its name."""
    row = TwinningCandidate.objects.create(**CANDIDATE)
    keys = {"event": StatusEvent.objects.get().pk, "candidate": row.pk}

    def visited(name):
        path, method, _, _ = PAGES[name]
        return getattr(client, method)("/desk/record/" + path.format(**keys))

    return visited


def needed(name):
    return IMPORT if PAGES[name][2] == "IMPORT" else PAGES[name][2]


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_led_to_the_login(visit, name):
    response = visit(name)
    assert response.status_code == 302
    assert response["Location"].startswith("/desk/login/?next=")


@pytest.mark.parametrize("name", PAGES)
def test_an_organiser_without_one_of_the_permissions_is_refused(visit, log_in, name):
    log_in(*needed(name)[1:])
    assert visit(name).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_an_organiser_with_the_permissions_is_let_in(visit, log_in, name):
    log_in(*needed(name))
    assert visit(name).status_code == PAGES[name][3]


@pytest.mark.parametrize("name", PAGES)
def test_an_account_that_is_no_organisers_sees_the_login(
    visit, client, django_user_model, name
):
    client.force_login(django_user_model.objects.create_user("signer"))
    assert visit(name)["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("name", ["checked", "apply"])
def test_what_acts_refuses_to_be_fetched(client, desk, leeds, name):
    path = PAGES[name][0].format(event=Twinning.objects.get().events.get().pk)
    assert client.get(f"/desk/record/{path}").status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_a_form_from_elsewhere_is_refused(leeds, django_user_model, name):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_superuser("o", password="x"))
    row = TwinningCandidate.objects.create(**CANDIDATE)
    path = PAGES[name][0].format(event=StatusEvent.objects.get().pk, candidate=row.pk)
    assert strict.post(f"/desk/record/{path}", {"x": "1"}).status_code == 403
