"""Petitions opened from one wording: for every real place, in three languages."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils.html import escape

from cities.models import Place, Twinning
from detwin.languages import CODES, in_language
from petitions import retention
from petitions.models import Petition, Signature, Wording, WordingTemplate
from petitions.opening import load_templates, open_for_place
from petitions.settling import today
from tests.conftest import counted_data, make_place, twin
from tests.petitions.conftest import LANGUAGES, states

WIDE = {"gb", "de", "world"}


def askable_places():
    """Return the slugs of places that can be asked, counted from the rows alone."""
    over = ("ended", "lapsed")
    ties = Twinning.objects.select_related("place").exclude(place__council=None)
    return {
        tie.place.slug
        for tie in ties
        if tie.status not in over and tie.place.country != "CN"
    }


@pytest.fixture(scope="class")
def opened(django_db_setup, django_db_blocker):
    """Load the real record and open all petitions once; return what was said."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_record", stdout=StringIO())
        call_command("open_petitions", "--all", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestRealPlaces:
    def test_every_place_that_can_be_asked_has_one(self, opened):
        slugs = set(Petition.objects.values_list("slug", flat=True))
        assert slugs == askable_places() | WIDE
        assert f"{len(slugs)} petitions opened, 0 were there already." in opened
        assert len(slugs) > 500

    def test_no_place_whose_ties_are_all_over_has_one(self, opened):
        assert Place.objects.filter(slug="newcastle-upon-tyne").exists()
        assert not Petition.objects.filter(slug="newcastle-upon-tyne").exists()

    def test_each_is_about_all_ties_that_can_be_asked_and_no_other(self, opened):
        for petition in Petition.objects.filter(scope="city").prefetch_related(
            "twinnings", "place__twinnings"
        ):
            wanted = {
                tie.pk
                for tie in petition.place.twinnings.all()
                if tie.status not in ("ended", "lapsed")
            }
            assert {tie.pk for tie in petition.twinnings.all()} == wanted

    def test_a_second_run_opens_none(self, opened, capsys):
        before = list(Petition.objects.order_by("pk").values())
        call_command("open_petitions", "--all")
        said = f"0 petitions opened, {len(before)} were there already."
        assert said in capsys.readouterr().out
        assert list(Petition.objects.order_by("pk").values()) == before

    @pytest.mark.parametrize("code", CODES)
    def test_every_text_is_whole(self, opened, code):
        for wording in Wording.objects.all():
            texts = [in_language(wording, f, code) for f in ("title", "ask", "body")]
            assert all(text.strip() for text in texts)
            assert not any(mark in "".join(texts) for mark in "{}")
            assert len(texts[0]) <= 300
            assert "\n" not in texts[0]

    @pytest.mark.parametrize("code", CODES)
    def test_every_title_names_the_place_or_its_council(self, opened, code):
        for wording in Wording.objects.exclude(petition__place=None).select_related(
            "petition__place__council"
        ):
            place = wording.petition.place
            council = in_language(place.council, "name", code).partition(" (")[0]
            title = in_language(wording, "title", code)
            assert in_language(place, "name", code) in title or council in title

    @pytest.mark.parametrize("code", CODES)
    def test_the_wide_ones_name_their_addressee(self, opened, code):
        for petition in Petition.objects.filter(slug__in=WIDE):
            assert in_language(petition, "addressee", code)
        assert Petition.objects.get(slug="gb").country == "GB"
        assert Petition.objects.get(slug="world").country == ""

    def test_all_close_and_are_deleted_on_the_days_that_are_printed(self, opened):
        closes = retention.months_after(today(), 12)
        deletes = retention.months_after(today(), 18)
        assert set(Petition.objects.values_list("state", "opens_on", "closes_on")) == {
            ("open", today(), closes)
        }
        assert {petition.deletes_on for petition in Petition.objects.all()} == {deletes}
        assert f"They close on {closes}; what signers gave is deleted" in opened

    def test_a_presumed_tie_is_first_asked_after(self, opened):
        presumed = Petition.objects.get(slug="adelaide")
        confirmed = Petition.objects.get(slug="wagga-wagga")
        template = WordingTemplate.objects.get(use="city_presumed")
        start = template.ask_en.partition("{")[0]
        assert start.strip()
        assert presumed.wording.ask_en.startswith(start)
        other = WordingTemplate.objects.get(use="city_confirmed")
        assert confirmed.wording.ask_en.startswith(other.ask_en.partition("{")[0])
        assert "still stand" in presumed.wording.ask_en
        assert "still stand" not in confirmed.wording.ask_en

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        "slug", ["leeds", "sheffield", "adelaide", "berlin", "gb", "de", "world"]
    )
    def test_a_real_page_shows_its_text_and_form(self, opened, client, slug, language):
        response = client.get(f"/{language}/petitions/{slug}/")
        page = response.content.decode()
        wording = Petition.objects.get(slug=slug).wording
        assert escape(in_language(wording, "title", language)) in page
        assert 'name="email"' in page
        assert f"/{language}/petitions/{slug}/sign" in page

    def test_a_real_petition_can_be_signed(self, opened, client, keys):
        response = client.post("/zh-hant/petitions/leeds/sign", counted_data())
        assert response.status_code == 303
        assert states("leeds") == ["received"]
        assert Signature.objects.get().wording == (
            Petition.objects.get(slug="leeds").wording
        )


# --- One place at a time ------------------------------------------------------------------
def test_one_place_is_opened_by_name(leeds, newcastle, capsys):
    call_command("open_petitions", "leeds")
    assert "1 petitions opened" in capsys.readouterr().out
    assert Petition.objects.get().slug == "leeds"


def test_a_country_is_opened_at_once(leeds, hangzhou):
    kiel = make_place("kiel", "DE", council="Kiel")
    twin(kiel, hangzhou, ("active", "2024", "council"))
    call_command("open_petitions", "--country", "DE")
    assert [petition.slug for petition in Petition.objects.all()] == ["kiel"]


@pytest.mark.parametrize(
    "slugs", [["newcastle-upon-tyne"], ["hangzhou"], ["atlantis"], ["leeds", "x"], []]
)
def test_a_place_that_cannot_be_asked_is_told_and_nothing_opened(
    leeds, newcastle, slugs
):
    with pytest.raises(CommandError, match="No agreement to ask about"):
        call_command("open_petitions", *slugs)
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    ("events", "is_presumed"),
    [
        ([("active", "2026", "list")], True),
        ([("active", "2026", "council")], False),
        ([("unknown", "2026", "press")], True),
        ([("under_review", "2026", "press")], False),
        ([("active", "2026", "council"), ("active", "2026", "list")], True),
    ],
    ids=str,
)
def test_what_is_known_decides_which_text_is_used(db, events, is_presumed):
    load_templates()
    place = make_place("somewhere", council="Some Council")
    for number, event in enumerate(events):
        partner = make_place(f"partner-{number}", "CN")
        twin(place, partner, event)
    wording = open_for_place(place, today()).wording
    assert ("still stand" in wording.ask_en) == is_presumed


def test_many_partners_are_counted_and_not_named(db):
    load_templates()
    place = make_place("somewhere", council="Some Council")
    for number in range(5):
        partner = make_place(f"partner-{number}", "CN")
        twin(place, partner, ("active", "2026", "council"))
    wording = open_for_place(place, today()).wording
    assert "5 cities in China" in wording.title_en
    assert "5個中國城市" in wording.title_zh_hant
    assert "5个中国城市" in wording.title_zh_hans


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("en", "Bengbu, Chuzhou and Anqing"),
        ("zh_hant", "蚌埠、滁州及安慶"),
        ("zh_hans", "蚌埠、滁州和安庆"),
    ],
)
def test_a_few_partners_are_named_as_the_language_lists_them(db, code, named):
    load_templates()
    place = make_place("somewhere", council="Some Council")
    towns = [("a", "Bengbu", "蚌埠", "蚌埠"), ("b", "Chuzhou", "滁州", "滁州")]
    towns.append(("c", "Anqing", "安慶", "安庆"))
    for slug, en, hant, hans in towns:
        partner = make_place(slug, "CN", en=en, hant=hant, hans=hans)
        twin(place, partner, ("active", "2026", "council"))
    wording = open_for_place(place, today()).wording
    text = getattr(wording, f"title_{code}") + getattr(wording, f"ask_{code}")
    assert named in text


def test_an_organisers_wording_template_is_not_replaced(leeds):
    load_templates()
    template = WordingTemplate.objects.get(use="city_presumed")
    template.title_en = "Ours: {council}"
    template.save()
    load_templates()
    wording = open_for_place(leeds, today()).wording
    assert wording.title_en == "Ours: Leeds City Council"


def test_a_german_councils_own_word_is_no_part_of_a_title(hangzhou):
    load_templates()
    kiel = make_place("kiel", "DE", council="Kiel City Council (Ratsversammlung)")
    twin(kiel, hangzhou, ("active", "2024", "council"))
    wording = open_for_place(kiel, today()).wording
    assert "Ratsversammlung" not in wording.title_en
    assert "Kiel City Council" in wording.title_en
