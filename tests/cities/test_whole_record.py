"""The real record: search in any script, any day, and the published schema."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import unicodedata
from collections import Counter, defaultdict

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cities.models import Place, StatusEvent, Twinning
from tests.conftest import make_petition

ANY_TIME = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=12,
)
FEW = settings(ANY_TIME, max_examples=2)
DAYS = st.dates(datetime.date(1970, 1, 1), datetime.date(2026, 11, 23))
COUNTED = ("confirmed", "presumed", "under_review", "suspended", "ended", "lapsed")


@pytest.fixture(scope="module", autouse=True)
def _record(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_record", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def names(db):
    """Every name of every place, with the place's key."""
    places = Place.objects.all()
    return [(name, place.pk) for place in places for name in place.all_names() if name]


def data(client, name, day=None):
    address = f"/data/{name}.json" + (f"?as-of={day}" if day else "")
    return client.get(address).json()[name.replace("-", "_")]


def told(client, place, chinese_place, day):
    """Return status and certainty of a tie as of a day, as the data has it."""
    rows = data(client, "twinnings", day)
    (row,) = (row for row in rows if row["id"] == f"{place}/{chinese_place}")
    return row["status"], row["confirmed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "slug"),
    [
        *(("曼徹", "manchester"), ("曼彻", "manchester"), ("lulea", "lulea")),
        *(("LINKÖPING", "linkoping"), ("ＬＯＮＤＯＮ", "london")),
        *((name, "san-francisco") for name in ("舊金", "旧金", "三藩市")),
        *((name, "xian") for name in ("Xi'an", "xian", "西安", "Xi’an")),
        *((name, "guangzhou") for name in ("廣州", "广州", "Canton")),
    ],
)
def test_a_place_is_found_as_people_write_it(query, slug):
    found = set(Place.objects.called(query).values_list("slug", flat=True))
    assert slug in found


@ANY_TIME
@given(data=st.data())
def test_any_name_of_any_place_finds_it_however_it_is_typed(names, data):
    name, key = data.draw(st.sampled_from(names))
    change = data.draw(
        st.sampled_from(
            [str, str.upper, str.lower, " {} ".format, full_width, without_accents]
        )
    )
    assert Place.objects.called(change(name)).filter(pk=key).exists()


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def without_accents(text):
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pair", "day", "expected"),
    [
        (("wagga-wagga", "kunming"), "2020-04-15", ("ended", True)),
        (("wagga-wagga", "kunming"), "2020-04-30", ("active", True)),
        (("newcastle-upon-tyne", "taiyuan"), "2022-11-01", ("active", False)),
        (("newcastle-upon-tyne", "taiyuan"), "2022-11-03", ("ended", True)),
        (("wakefield", "nanning"), "2020-07-01", ("unknown", False)),
        (("wakefield", "nanning"), "2021-01-01", ("ended", True)),
        (("frederikssund", "wuxi"), "2020-01-01", ("unknown", False)),
        (("frederikssund", "wuxi"), "2026-11-23", ("ended", True)),
    ],
)
def test_known_decisions_show_on_their_days(client, pair, day, expected):
    assert told(client, *pair, day) == expected


@pytest.mark.django_db
def test_what_is_not_exact_is_said_so_on_the_page(client):
    page = client.get("/en/cities/wakefield/?as-of=2020-07-01").content.decode()
    assert "Sometime in 2020: ended." in page
    page = client.get("/en/cities/frederikssund/").content.decode()
    assert "Date not known" in page


@ANY_TIME
@given(day=DAYS)
@example(day=datetime.date(2022, 11, 3))
def test_totals_of_the_pages_are_those_of_the_data_on_any_day(client, db, day):
    rows = data(client, "twinnings", day)
    counts = client.get(f"/en/cities/?as-of={day}").context["counts"]
    assert {name: getattr(counts, name) for name in COUNTED} == {
        name: sum(is_counted(row, name) for row in rows) for name in COUNTED
    }
    assert counts.total == len(rows) == Twinning.objects.count()
    place = Counter(row["place"] for row in rows).most_common(1)[0][0]
    ties = client.get(f"/en/cities/{place}/?as-of={day}").context["ties"]
    assert sorted((tie.status, tie.confirmed) for tie in ties) == sorted(
        (row["status"], row["confirmed"]) for row in rows if row["place"] == place
    )


def is_counted(row, name):
    if name in ("confirmed", "presumed"):
        return row["status"] == "active" and row["confirmed"] is (name == "confirmed")
    return row["status"] == name


@FEW
@given(day=DAYS)
@example(day=datetime.date(2022, 11, 3))
def test_totals_of_every_country_and_place_are_those_of_the_data_on_any_day(
    client, db, day
):
    places = {row["slug"]: row for row in data(client, "places", day)}
    own = defaultdict(list)
    for row in data(client, "twinnings", day):
        for slug in (row["place"], row["chinese_place"]):
            own[slug].append(row)
            if slug == row["place"]:
                own[places[slug]["country"]].append(row)
    for country in {row["country"] for row in places.values()} - {"CN"}:
        address = f"/en/cities/countries/{country.lower()}/?as-of={day}"
        counts = client.get(address).context["counts"]
        rows = own[country]
        assert counts.total == len(rows)
        assert {name: getattr(counts, name) for name in COUNTED} == {
            name: sum(is_counted(row, name) for row in rows) for name in COUNTED
        }
    for slug, place in places.items():
        found = Counter(name for row in own[slug] for name in counted_as(row))
        assert place["agreements"] == len(own[slug])
        assert place["presumed"] == found["presumed"]
        assert place["confirmed"] == found["confirmed"]
        assert place["over"] == found["ended"] + found["lapsed"]


def counted_as(row):
    return [name for name in COUNTED if is_counted(row, name)]


@pytest.mark.django_db
def test_the_home_page_and_its_map_count_as_the_data_does(client):
    rows = data(client, "twinnings")
    found = Counter(name for row in rows for name in counted_as(row))
    page = client.get("/en/")
    figures = page.context["figures"]
    for name in COUNTED:
        assert figures[name] == found[name]
    countries = page.context["countries"]
    assert sum(row["presumed"] for row in countries) == found["presumed"]
    assert sum(row["confirmed"] for row in countries) == found["confirmed"]
    picture = client.get("/map.svg").content.decode()
    assert (
        f"Presumed to stand: {found['presumed']}. Confirmed as standing: "
        f"{found['confirmed']}. Ended or lapsed: {found['ended'] + found['lapsed']}."
    ) in picture


@FEW
@given(day=DAYS)
@example(day=datetime.date(2022, 11, 3))
def test_events_and_statuses_of_any_day_agree(client, db, day):
    events = {row["id"] for row in data(client, "status-events", day)}
    everything = {row["id"]: row for row in data(client, "status-events")}
    assert events <= set(everything)
    known = {
        f"{row['place']}/{row['chinese_place']}"
        for key, row in everything.items()
        if key in events
    }
    for row in data(client, "twinnings", day):
        assert row["id"] in known or row["status"] in ("active", "unknown")
        assert row["confirmed"] is False or row["id"] in known
        if row["changed_sometime_in"]:
            assert (row["status"], row["confirmed"]) == ("unknown", False)
        assert row["since"] <= str(day)[: len(row["since"])]


@pytest.mark.django_db
def test_today_is_the_same_with_and_without_its_date(client):
    today = client.get("/data/twinnings.json").json()
    again = client.get(f"/data/twinnings.json?as-of={today['as_of']}").json()
    assert again == today


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["places", "twinnings", "status-events", "petitions"])
@pytest.mark.parametrize("query", ["", "?as-of=2020-07-01"])
def test_the_data_is_as_its_published_schema_says(client, keys, name, query):
    make_petition(Place.objects.get(slug="leeds"))
    schema = client.get(f"/data/schema/{name}.json").json()
    Draft202012Validator.check_schema(schema)
    answer = client.get(f"/data/{name}.json{query}").json()
    errors = Draft202012Validator(schema).iter_errors(answer)
    assert [error.message for error in errors] == []
    spoilt = {**answer, "as_of": 1}
    assert not Draft202012Validator(schema).is_valid(spoilt)


@pytest.mark.django_db
def test_every_pair_and_event_is_published(client):
    rows = data(client, "twinnings")
    assert len({row["id"] for row in rows}) == Twinning.objects.count() == 643
    assert len(data(client, "status-events")) == StatusEvent.objects.count()
    presumed = [row for row in rows if row["source_kind"] == "list"]
    assert {row["confirmed"] for row in presumed if row["status"] == "active"} == {
        False
    }


@pytest.mark.django_db
def test_no_cell_of_the_record_would_run_in_a_spreadsheet(client):
    for name in ("places", "twinnings", "status-events"):
        text = client.get(f"/data/{name}.csv").content.decode()
        for row in csv.DictReader(io.StringIO(text, newline="")):
            numbers = {"latitude", "longitude"}
            texts = [row[column] for column in row if column not in numbers]
            assert not [text for text in texts if text.startswith(tuple("=+-@"))]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?as-of=2020-07-01&sort=status"])
def test_the_list_of_the_whole_record_is_small_and_cheap(
    client, django_assert_num_queries, query
):
    with django_assert_num_queries(3):
        response = client.get(f"/zh-hant/cities/{query}")
    assert len(gzip.compress(response.content)) < 60_000
