"""The maps of the real record: every tie is drawn, and all weigh little."""

from __future__ import annotations

import gzip
import io
import re

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from cities.map.sheet import world_sheet
from cities.map.ties import drawn_ties
from cities.models import Twinning
from detwin.languages import CODES

# The places with most ties, far ones, and one on either side of the map's cut.
PLACES = (
    "leeds",
    "beijing",
    "shanghai",
    "qingdao",
    "gothenburg",
    "honolulu",
    "albany-wa",
)


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The record as it is loaded, for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_record", stdout=io.StringIO())
        yield Client()
        transaction.set_rollback(True)


def weight(response):
    assert response.status_code == 200
    return len(gzip.compress(response.content))


def test_every_tie_of_the_record_has_a_line(record):
    svg = record.get("/map.svg").content.decode()
    drawn = re.findall(r'class="way \w+" d="([^"]+)"', svg)
    sheet = world_sheet(1600)
    pieces = [len(sheet.projection.line(tie.way())) for tie in drawn_ties()]
    assert len(pieces) == Twinning.objects.count() > 600
    assert "".join(drawn).count("M") == sum(pieces)


def test_no_line_jumps_across_the_map(record):
    sheet = world_sheet(1600)
    for tie in drawn_ties():
        for line in sheet.projection.line(tie.way()):
            across = [sheet.units(spot)[0] for spot in line]
            steps = [abs(b - a) for a, b in zip(across, across[1:], strict=False)]
            assert max(steps) <= sheet.width / 2


def test_few_ways_are_parted_by_the_cut(record):
    sheet = world_sheet(1600)
    parted = [tie for tie in drawn_ties() if len(sheet.projection.line(tie.way())) > 1]
    assert len(parted) < 10


@pytest.mark.parametrize("language", CODES)
def test_the_map_of_the_world_weighs_less_than_40_kb(record, language):
    assert 15_000 < weight(record.get(f"/map.svg?lang={language}")) <= 40_000


def test_the_map_of_every_country_has_its_ties_and_weighs_little(record):
    countries = set(Twinning.objects.values_list("place__country", flat=True))
    weights = [weight(record.get(f"/map.svg?country={code}")) for code in countries]
    assert max(weights) <= 20_000


@pytest.mark.parametrize("place", PLACES)
def test_the_map_of_a_place_fits_its_page(record, place):
    assert weight(record.get(f"/map.svg?place={place}&lang=zh-hant")) <= 8_000
