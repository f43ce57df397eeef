"""What the desk's forms show before and after saving, and in which language."""

from __future__ import annotations

import pytest

from petitions.models import PaperSheet
from tests.conftest import TODAY


def test_the_code_of_a_sheet_is_shown_once_it_is_stored(desk, leeds_petition):
    """Whoever wrote down the code of an empty form would have a code of nothing."""
    add = desk.get("/desk/petitions/papersheet/add/")
    assert "field-code" not in add.content.decode()
    sheet = PaperSheet.objects.create(petition=leeds_petition, printed_on=TODAY())
    page = desk.get(f"/desk/petitions/papersheet/{sheet.pk}/change/")
    assert sheet.code in page.content.decode()


@pytest.mark.parametrize(
    ("language", "role"),
    [("en", "City organiser"), ("zh-hant", "城市組織者"), ("zh-hans", "城市组织者")],
)
def test_roles_are_named_in_the_language_of_the_desk(
    desk, django_user_model, language, role
):
    zoe = django_user_model.objects.create_user("zoe", is_staff=True)
    desk.get(f"/desk/?language={language}")
    page = desk.get(f"/desk/auth/user/{zoe.pk}/change/").content.decode()
    assert f">{role}</option>" in page


@pytest.mark.parametrize("field", ["change_twinning", "change_petition"])
def test_rows_below_a_page_are_kept_by_who_may_not_add_any(
    log_in, leeds_petition, field
):
    """Their page has more rows than may be added there, which is none."""
    twinning = leeds_petition.twinnings.get()
    row, name = {
        "change_twinning": (twinning, "statusevent"),
        "change_petition": (leeds_petition, "wording"),
    }[field]
    model = row._meta.model_name
    desk = log_in(field, f"view_{model}", f"change_{name}", f"view_{name}")
    path = f"/desk/{row._meta.app_label}/{model}/{row.pk}/change/"
    page = desk.get(path)
    assert page.status_code == 200
    (rows,) = page.context["inline_admin_formsets"]
    assert rows.formset.max_num == 0
    assert len(rows.formset.forms) == 1
    data = {}
    for form in [page.context["adminform"].form, *rows.formset.forms]:
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None else value
    for bound in rows.formset.management_form:
        data[bound.html_name] = bound.value()
    answer = desk.post(path, data)
    assert answer.status_code == 302, answer.context["errors"]
