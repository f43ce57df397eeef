"""The record's files in the database: all of it or nothing, with file and line."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from cities.models import (
    Council,
    PetitionRules,
    Place,
    StatusEvent,
    Threshold,
    Twinning,
    TwinningCandidate,
)

DATA = Path(settings.BASE_DIR) / "cities" / "data"
FILES = (
    *("cities", "places_without_twin", "places_extra", "regions_extra"),
    *("council_rules", "council_rules_extra", "thresholds_extra"),
    *("twinnings", "twinnings_extra", "status_events", "status_events_extra"),
    "twinning_candidates",
)
# A few real places whose rows make a record small enough to load in every test.
SLUGS = {
    *("newcastle-upon-tyne", "taiyuan", "wagga-wagga", "kunming"),
    *("sheffield", "leeds", "hangzhou", "anshan", "chengdu", "exeter"),
}
SLUG_COLUMNS = ("slug", "place_slug", "foreign_slug", "chinese_slug")
MODELS = (
    *(Place, Council, PetitionRules, Threshold, Twinning, StatusEvent),
    TwinningCandidate,
)


def rows_of(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def folder(tmp_path):
    """A record of a few places, cut out of the real files."""
    for name in FILES:
        rows = rows_of(name)
        kept = [
            row
            for row in rows
            if all(row[column] in SLUGS for column in SLUG_COLUMNS if column in row)
        ]
        write(tmp_path / f"{name}.csv", kept or rows[:2])
    return tmp_path


def load(folder, capsys=None, *arguments):
    call_command("load_record", "--folder", folder, *arguments)
    return capsys.readouterr().out if capsys else None


def change(folder, name, old, new, count=1):
    """Replace text in a file of the record; the text must be there."""
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def numbers():
    return {model: model.objects.count() for model in MODELS}


def lines(name):
    return len(rows_of(name))


# --- The real files -----------------------------------------------------------------------
@pytest.fixture(scope="class")
def record(django_db_setup, django_db_blocker):
    """Load the real record once for a class of tests; return what the command said."""
    said = StringIO()
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_record", stdout=said)
        yield said.getvalue()
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestRealFiles:
    def test_every_row_of_the_real_files_is_loaded(self, record):
        assert Place.objects.count() == lines("cities") + lines("places_without_twin")
        assert Twinning.objects.count() == lines("twinnings")
        assert PetitionRules.objects.count() == lines("council_rules")
        assert Threshold.objects.count() == lines("thresholds_extra")
        listed = Twinning.objects.filter(events__record_key__endswith="/listed")
        documented = lines("status_events")
        assert StatusEvent.objects.count() == documented + listed.count()

    def test_the_record_has_the_size_that_is_told(self, record):
        assert Place.objects.count() == 847
        assert Twinning.objects.count() == 643
        assert "place: 847 added, 0 changed, 0 unchanged" in record

    def test_every_tie_has_an_event_with_a_source(self, record):
        assert not Twinning.objects.filter(events=None).exists()
        assert not StatusEvent.objects.filter(source_url="").exists()

    @pytest.mark.parametrize("field", ["name_en", "name_zh_hant", "name_zh_hans"])
    def test_every_place_and_council_is_named_in_three_languages(self, record, field):
        assert not Place.objects.filter(**{field: ""}).exists()
        assert not Council.objects.filter(**{field: ""}).exists()
        assert not Place.objects.filter(**{f"{field}__isnull": True}).exists()

    def test_every_status_is_the_one_the_files_give(self, record):
        told = {
            (row["foreign_slug"], row["chinese_slug"]): row["status"]
            for row in rows_of("twinnings")
        }
        derived = {
            (tie.place.slug, tie.chinese_place.slug): tie.status
            for tie in Twinning.objects.select_related("place", "chinese_place")
        }
        assert derived == told

    def test_newcastle_ended_with_taiyuan_on_2_november_2022(self, record):
        tie = Twinning.objects.get(place__slug="newcastle-upon-tyne")
        assert (tie.chinese_place.slug, tie.established_on) == ("taiyuan", "1985")
        assert (tie.status, tie.confirmed) == ("ended", True)
        (event,) = tie.history
        assert event.happened_on == "2022-11-02"
        assert event.source_url.startswith("https://www.ffhr.cz/post/newcastle")
        assert event.summary_zh_hant and event.summary_zh_hans and event.summary_en

    def test_wagga_wagga_ended_and_took_it_back_eight_days_later(self, record):
        tie = Twinning.objects.get(place__slug="wagga-wagga")
        told = [(event.happened_on, event.status) for event in tie.history]
        assert told == [("2020-04-22", "active"), ("2020-04-14", "ended")]
        assert (tie.status, tie.confirmed, tie.is_presumed) == ("active", True, False)

    def test_a_tie_that_only_a_list_has_is_presumed(self, record):
        tie = Twinning.objects.get(
            place__slug="adelaide", chinese_place__slug="qingdao"
        )
        assert (tie.status, tie.confirmed, tie.is_presumed) == ("active", False, True)
        (event,) = tie.history
        assert (event.happened_on, event.source_kind) == ("2026-02-08", "list")

    def test_sheffields_rules_come_with_thresholds_and_source(self, record):
        rules = PetitionRules.objects.get(council__place__slug="sheffield")
        assert (rules.asks_postal_address, rules.asks_postcode) == (True, False)
        steps = list(rules.thresholds.values_list("signatures", flat=True))
        assert steps == [5, 2500, 5000]
        assert rules.source.startswith("https://www.sheffield.gov.uk/")

    @pytest.mark.parametrize(
        "query", ["紐卡素", "Newcastle", "纽卡斯尔", "紐卡斯爾", "新堡"]
    )
    def test_newcastle_is_found_by_its_names(self, record, query):
        found = Place.objects.called(query).values_list("slug", flat=True)
        assert "newcastle-upon-tyne" in found

    def test_a_second_run_changes_nothing(self, record, capsys):
        before = list(Place.objects.order_by("pk").values())
        call_command("load_record")
        for line in capsys.readouterr().out.splitlines():
            assert re.search(r"0 added, 0 changed, [1-9]\d* unchanged, 0 kept", line)
        assert list(Place.objects.order_by("pk").values()) == before


# --- Loading again --------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_changed_row_is_renewed_and_counted(folder, capsys):
    load(folder)
    capsys.readouterr()
    change(folder, "cities", "纽卡斯尔", "新名")
    told = load(folder, capsys)
    assert "place: 0 added, 1 changed, 9 unchanged, 0 kept" in told
    assert Place.objects.filter(name_zh_hans__contains="新名").count() == 1


@pytest.mark.django_db
def test_a_new_event_changes_the_status(folder):
    load(folder)
    with (folder / "status_events.csv").open("a") as file:
        file.write("leeds,hangzhou,2026-10-01,ended,x,Minutes,https://example.org/m\n")
    with (folder / "status_events_extra.csv").open("a") as file:
        file.write("leeds,hangzhou,2026-10-01,ended,1,0,council,Ended.,終止。,终止。\n")
    load(folder)
    tie = Twinning.objects.get(place__slug="leeds", chinese_place__slug="hangzhou")
    assert (tie.status, tie.confirmed) == ("ended", True)


def edit(place, **values):
    row = Place.objects.get(slug=place)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.django_db
def test_an_organisers_edit_survives(folder, capsys):
    load(folder)
    edit("leeds", name_zh_hant="里茲")
    capsys.readouterr()
    told = load(folder, capsys)
    assert "place: 0 added, 0 changed, 9 unchanged, 1 kept" in told
    assert Place.objects.get(slug="leeds").name_zh_hant == "里茲"


@pytest.mark.django_db
def test_it_survives_a_change_of_the_files_too(folder):
    load(folder)
    edit("leeds", name_zh_hant="里茲")
    change(folder, "cities", "Leeds City Council", "Leeds Council")
    change(folder, "cities", "leeds,Leeds,", "leeds,LEEDS,")
    load(folder)
    place = Place.objects.get(slug="leeds")
    assert (place.name_zh_hant, place.name_en) == ("里茲", "Leeds")
    assert place.council.name_en == "Leeds Council"


@pytest.mark.django_db
def test_overwriting_replaces_the_edit(folder, capsys):
    load(folder)
    before = Place.objects.get(slug="leeds").name_zh_hant
    edit("leeds", name_zh_hant="里茲")
    capsys.readouterr()
    told = load(folder, capsys, "--overwrite")
    assert "place: 0 added, 1 changed, 9 unchanged, 0 kept" in told
    assert Place.objects.get(slug="leeds").name_zh_hant == before


@pytest.mark.django_db
def test_an_organisers_own_row_for_the_same_thing_is_not_doubled(folder):
    Place.objects.create(
        slug="leeds", name_en="Leeds, ours", country="GB", latitude=1, longitude=1
    )
    load(folder)
    place = Place.objects.get(slug="leeds")
    assert place.name_en == "Leeds, ours"
    assert place.council.name_en == "Leeds City Council"


@pytest.mark.django_db
def test_what_organisers_added_stays(folder):
    load(folder)
    tie = Twinning.objects.get(place__slug="leeds", chinese_place__slug="hangzhou")
    tie.events.create(
        status="ended",
        happened_on="2026-11-20",
        source_title="Minutes",
        source_url="https://example.org/minutes",
        source_kind="council",
    )
    load(folder)
    tie.refresh_from_db()
    assert (tie.events.count(), tie.status) == (2, "ended")


# --- Files as people save them -----------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "saved",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
        lambda raw: raw.rstrip(b"\n"),
        lambda raw: raw + b"\n\n",
    ],
    ids=["BOM", "CRLF", "both", "no last line end", "empty lines"],
)
def test_a_file_from_a_spreadsheet_loads_the_same(folder, saved):
    load(folder)
    before = numbers()
    for path in folder.glob("*.csv"):
        path.write_bytes(saved(path.read_bytes()))
    StatusEvent.objects.all().delete()
    Twinning.objects.all().delete()
    load(folder)
    assert numbers() == before
    tie = Twinning.objects.get(place__slug="newcastle-upon-tyne")
    assert tie.history[0].happened_on == "2022-11-02"
