"""The desk's front page says what waits, to whoever may do it."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from cities.models import ErrorReport, MissingPlace, TwinningCandidate
from front.to_do import MANY_TRIES, recent_bursts, waiting_for
from news.models import Article, Mailing
from petitions.models import HandIn, NightlyCheck, PaperBatch, Petition
from safety.models import Approval, AuditEvent, Organiser, OutgoingMail
from safety.organisers.roles import ROLES

COLUMNS = ("en", "zh_hant", "zh_hans")
DAY = datetime.timedelta(days=1)


def make(users, name, *roles):
    user = users.objects.create(username=name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    Organiser.objects.update_or_create(user=user, defaults={"every_place": True})
    return user


@pytest.fixture
def zoe(django_user_model, db):
    return make(django_user_model, "zoe", *ROLES)


@pytest.fixture
def ada(django_user_model, db):
    return make(django_user_model, "ada")


def numbers(organiser):
    """Return what waits, as the page's addresses with their numbers."""
    return {line.link.split("?")[0]: line.number for line in waiting_for(organiser)}


def test_with_nothing_to_do_the_page_says_so(client, zoe, keys):
    client.force_login(zoe)
    assert "Nothing waits for you." in client.get("/desk/").content.decode()


def test_articles_that_lack_a_language_or_are_behind_wait(zoe, keys):
    Article.objects.create(slug="a", title_en="Only English", body_en="x")
    columns = [f"{field}_{code}" for field in ("title", "body") for code in COLUMNS]
    whole = dict.fromkeys(columns, "x")
    Article.objects.create(slug="b", **whole)
    behind = Article.objects.create(slug="c", **whole)
    behind.title_en = "Mended"
    behind.save()
    assert numbers(zoe) == {"/desk/translations/": 2}


def test_what_readers_told_and_lists_name_waits(zoe, keys):
    today = timezone.localdate()
    MissingPlace.tell(today, "Atlantis", "GB", "")
    ErrorReport.objects.create(text="Wrong year.", received_on=today)
    TwinningCandidate.objects.create(
        place_name="Leeds", country="GB", chinese_name="Taiyuan", found_in="A list"
    )
    assert numbers(zoe) == {
        "/desk/cities/errorreport/": 1,
        "/desk/cities/missingplace/": 1,
        "/desk/cities/twinningcandidate/": 1,
    }


def hand_in(petition, due, replied=False):
    made = HandIn(petition=petition, day=timezone.localdate() - 9 * DAY)
    made.reply_due_on = timezone.localdate() + due * DAY
    made.supporters = made.council_valid = made.paper = 0
    made.save()
    if replied:
        made.replies.create(day=made.day, outcome="won", source="https://example.org/")
    return made


def test_overdue_replies_wait(zoe, leeds_petition, sheffield_petition, world_petition):
    hand_in(leeds_petition, due=-1)
    hand_in(sheffield_petition, due=0)
    hand_in(world_petition, due=-1, replied=True)
    assert numbers(zoe) == {"/desk/petitions/handin/": 1}


def test_a_batch_waits_for_another_than_who_entered_it(zoe, ada, leeds_petition):
    for organiser in (zoe, ada):
        PaperBatch.objects.create(
            petition=leeds_petition,
            lines=3,
            collected_on=timezone.localdate(),
            entered_by=organiser,
        )
    assert numbers(zoe) == {"/desk/petitions/paperbatch/": 1}


def test_requests_of_others_wait(zoe, ada, keys):
    for organiser in (zoe, ada):
        Approval.objects.create(
            action="export", subject="leeds", reason="x", asked_by=organiser
        )
    assert numbers(zoe) == {"/desk/access/approvals/": 1}


def test_news_by_mail_of_others_waits_for_who_may_approve_it(zoe, ada, keys):
    for organiser in (zoe, ada):
        Approval.objects.create(
            action="mailing", subject="#1 all: a", reason="x", asked_by=organiser
        )
    assert numbers(zoe) == {"/desk/access/approvals/": 1}
    (line,) = waiting_for(zoe)
    assert line.text == "News by mail that waits for your approval"
    assert numbers(ada) == {}


def test_news_that_the_relay_does_not_take_is_told(zoe, ada, keys):
    article = Article.objects.create(slug="a", publish_at=timezone.now())
    approval = Approval.objects.create(
        action="mailing", subject="x", reason="x", asked_by=ada, granted=True
    )
    whole = {"state": "sending", "article": article, "approval": approval}
    Mailing.objects.create(**whole)
    Mailing.objects.create(**whole, trouble_since=timezone.now())
    assert numbers(zoe)["/desk/mailings/"] == 1


def test_petitions_that_should_be_empty_wait(zoe, leeds_petition):
    today = timezone.localdate()
    Petition.objects.update(opens_on=today - 900 * DAY, closes_on=today - 500 * DAY)
    assert numbers(zoe) == {"/desk/petitions/petition/": 1}


def test_mails_that_fail_again_and_again_wait(zoe, keys):
    for tries in (MANY_TRIES - 1, MANY_TRIES):
        OutgoingMail.objects.create(kind="x", language="en", tries=tries)
    assert numbers(zoe) == {"/desk/petitions/petition/": 1}


def flood(petition, number):
    """Store signatures of one day, far above the usual."""
    for _ in range(number):
        petition.signatures.create(
            wording=petition.wording,
            audience="counted",
            received_on=timezone.localdate(),
        )


def test_a_burst_waits_and_leads_to_a_run_prepared_for_it(client, zoe, leeds_petition):
    flood(leeds_petition, 49)
    assert numbers(zoe) == {}
    recent_bursts.forget()
    flood(leeds_petition, 1)
    assert numbers(zoe) == {"/desk/petitions/quarantinerun/add/": 1}
    client.force_login(zoe)
    page = client.get("/desk/").content.decode()
    day = timezone.localdate().isoformat()
    query = (
        f"petition={leeds_petition.pk}&amp;received_from={day}&amp;received_to={day}"
    )
    link = f"/desk/petitions/quarantinerun/add/?{query}"
    assert f'<a href="{link}">leeds</a>' in page
    form = client.get(link.replace("&amp;", "&")).context["adminform"].form
    assert form["petition"].value() == str(leeds_petition.pk)
    assert form["received_from"].value() == day


def test_a_burst_is_told_to_nobody_who_cannot_act(client, leeds_petition, ada):
    flood(leeds_petition, 50)
    client.force_login(ada)
    assert "leeds" not in client.get("/desk/").content.decode()


def test_a_recount_that_disagrees_waits(zoe, keys):
    NightlyCheck.objects.create(day="2026-11-20", head="x", found="leeds: supporters")
    assert numbers(zoe) == {"/desk/petitions/nightlycheck/": 1}
    NightlyCheck.objects.create(day="2026-11-21", head="x")
    assert numbers(zoe) == {}


def test_missing_keys_are_named(zoe):
    assert numbers(zoe) == {"/desk/safety/recipientkey/": 1}


@pytest.mark.parametrize("field", ["reason", "previous_hash"])
def test_a_changed_audit_event_is_named(zoe, keys, field):
    from safety import audit

    for _ in range(3):
        audit.record("ada", "did something")
    assert numbers(zoe) == {}
    AuditEvent._base_manager.filter(number=2)._update(
        [(AuditEvent._meta.get_field(field), None, "0" * 64)]
    )
    assert numbers(zoe) == {"/desk/safety/auditevent/": 1}


@pytest.mark.parametrize("roles", [(), ("Stall",), ("Press",)])
def test_who_may_not_act_is_not_told(django_user_model, leeds_petition, roles, zoe):
    hand_in(leeds_petition, due=-1)
    Approval.objects.create(action="export", subject="x", reason="x", asked_by=zoe)
    other = make(django_user_model, "other", *roles)
    expected = {"/desk/petitions/handin/": 1} if "Press" in roles else {}
    assert numbers(other) == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_one_query_a_line(
    zoe, leeds_petition, rows, django_assert_num_queries
):
    for number in range(rows):
        Article.objects.create(slug=f"a{number}", title_en="x")
        hand_in(leeds_petition, due=-1)
        OutgoingMail.objects.create(kind="x", language="en", tries=9)
    waiting_for(zoe)
    with django_assert_num_queries(14):
        waiting_for(zoe)
