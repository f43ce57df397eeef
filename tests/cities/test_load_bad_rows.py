"""Bad rows of the record: nothing is loaded, and file, line and reason are told."""

from __future__ import annotations

import re

import pytest
from django.core.management import CommandError

from cities.models import Twinning
from tests.cities.test_load_record import MODELS, change, folder, load, numbers

__all__ = ["folder"]


def line_of(folder, name, text):
    whole = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(whole, 1) if text in line)


def append(folder, name, line):
    with (folder / f"{name}.csv").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def repeat(folder, name, text):
    number = line_of(folder, name, text)
    whole = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    append(folder, name, whole[number - 1])


NEWCASTLE = "newcastle-upon-tyne,taiyuan"
# file, what is done to it, where the complaint points (text in the line), its reason
BAD = {
    "repeated place": (
        *("cities", lambda f: repeat(f, "cities", "leeds,")),
        *(None, r"repeats line \d+: leeds"),
    ),
    "repeated tie": (
        *("twinnings", lambda f: repeat(f, "twinnings", NEWCASTLE)),
        *(None, r"repeats line \d+"),
    ),
    "repeated event": (
        *("status_events", lambda f: repeat(f, "status_events", NEWCASTLE)),
        *(None, r"repeats line \d+"),
    ),
    "repeated threshold": (
        *("thresholds_extra", lambda f: repeat(f, "thresholds_extra", "sheffield,5,")),
        *(None, r"repeats line \d+"),
    ),
    "unknown place": (
        "twinnings",
        lambda f: change(f, "twinnings", NEWCASTLE, "atlantis,taiyuan"),
        *("atlantis", "atlantis is not a place"),
    ),
    "unknown Chinese place": (
        "twinnings",
        lambda f: change(f, "twinnings", NEWCASTLE, "newcastle-upon-tyne,shambhala"),
        *("shambhala", "shambhala is not a place"),
    ),
    "place twinned with itself": (
        "twinnings",
        lambda f: (
            change(f, "twinnings", NEWCASTLE, "taiyuan,taiyuan"),
            change(f, "twinnings_extra", NEWCASTLE, "taiyuan,taiyuan"),
            change(f, "status_events", NEWCASTLE, "taiyuan,taiyuan"),
            change(f, "status_events_extra", NEWCASTLE, "taiyuan,taiyuan"),
        ),
        *("taiyuan,taiyuan", "twinning_between_two_places|two places"),
    ),
    "unknown country": (
        "cities",
        lambda f: change(f, "cities", ",GB,England,54.97", ",XX,England,54.97"),
        *("newcastle-upon-tyne", "regions_extra|country"),
    ),
    "impossible day": (
        "status_events",
        lambda f: (
            change(f, "status_events", "2022-11-02", "2022-11-31"),
            change(f, "status_events_extra", "2022-11-02", "2022-11-31"),
        ),
        *("2022-11-31", "happened_on"),
    ),
    "impossible year": (
        "twinnings",
        lambda f: change(f, "twinnings", f"{NEWCASTLE},1985", f"{NEWCASTLE},85"),
        *(NEWCASTLE, "established_on"),
    ),
    "unknown status": (
        "status_events",
        lambda f: (
            change(f, "status_events", "2022-11-02,ended", "2022-11-02,over"),
            change(f, "status_events_extra", "2022-11-02,ended", "2022-11-02,over"),
        ),
        *(NEWCASTLE, "status"),
    ),
    "unknown kind": (
        "twinnings",
        lambda f: change(
            f, "twinnings_extra", f"{NEWCASTLE},twin", f"{NEWCASTLE},marriage"
        ),
        *(NEWCASTLE, "kind"),
    ),
    "no source": (
        "status_events",
        lambda f: change(
            f,
            "status_events",
            "https://www.ffhr.cz/post/newcastle-to-sever-ties-with-"
            "sister-city-in-china-over-horrific-treatment-of-uyghur-muslims",
            "",
        ),
        *(NEWCASTLE, "source_url"),
    ),
    "source that is no address": (
        "status_events",
        lambda f: change(
            f, "status_events", "https://www.ffhr.cz/", "javascript:alert(1)//"
        ),
        *(NEWCASTLE, "source_url"),
    ),
    "latitude in words": (
        "cities",
        lambda f: change(f, "cities", "54.97328", "north"),
        *("newcastle-upon-tyne", "latitude"),
    ),
    "latitude off the earth": (
        "cities",
        lambda f: change(f, "cities", "54.97328", "154.97328"),
        *("newcastle-upon-tyne", "coordinates"),
    ),
    "no number": (
        "thresholds_extra",
        lambda f: change(f, "thresholds_extra", "sheffield,5,", "sheffield,five,"),
        *("sheffield,five", "signatures: 'five' is not a whole number"),
    ),
    "negative number": (
        "thresholds_extra",
        lambda f: change(f, "thresholds_extra", "sheffield,5,", "sheffield,-5,"),
        *("sheffield,-5", "signatures"),
    ),
    "no truth value": (
        "status_events_extra",
        lambda f: change(
            f,
            "status_events_extra",
            "2022-11-02,ended,1,0,",
            "2022-11-02,ended,1,maybe,",
        ),
        *(None, "date_inferred: 'maybe' is neither 1 nor 0"),
    ),
    "nobody may sign": (
        "council_rules_extra",
        lambda f: change(
            f,
            "council_rules_extra",
            "sheffield,unknown,1,0,1,1,1,1",
            "sheffield,unknown,1,0,1,0,0,0",
        ),
        *("sheffield", "somebody_may_sign|may sign"),
    ),
    "rules of an unknown council": (
        "council_rules_extra",
        lambda f: append(
            f, "council_rules_extra", "atlantis,unknown,1,0,1,1,1,1" + "," * 11
        ),
        *("atlantis", "atlantis is not in"),
    ),
    "too many cells": (
        "cities",
        lambda f: append(f, "cities", "a,b,c,d,e,f,g,h,i,j,k,l"),
        *("a,b,c", "wrong number of cells"),
    ),
    "too few cells": (
        "twinnings",
        lambda f: append(f, "twinnings", "exeter,hangzhou"),
        *("exeter,hangzhou", "wrong number of cells"),
    ),
    "open quotation mark": (
        "cities",
        lambda f: append(f, "cities", 'leeds2,"Leeds,,,,,,,,'),
        *(None, "unexpected end of data|wrong number of cells"),
    ),
    "missing column": (
        "cities",
        lambda f: change(f, "cities", "name_zh_hant", "name_zh_hk"),
        *("name_zh_hk", "missing columns: name_zh_hant"),
    ),
    "empty file": (
        "twinnings",
        lambda f: (f / "twinnings.csv").write_text(""),
        *(None, "missing columns: foreign_slug"),
    ),
    "missing file": (
        "status_events_extra",
        lambda f: (f / "status_events_extra.csv").unlink(),
        *(None, "the file is missing"),
    ),
    "not UTF-8": (
        "places_extra",
        lambda f: (f / "places_extra.csv").write_bytes(
            (f / "places_extra.csv").read_bytes() + "西,市議會,,\n".encode("big5")
        ),
        *(None, "the text is not UTF-8"),
    ),
    "name too long": (
        "cities",
        lambda f: change(f, "cities", "leeds,Leeds,", f"leeds,{'L' * 121},"),
        *("leeds,L", "name_en"),
    ),
    "no name": (
        "cities",
        lambda f: change(f, "cities", "leeds,Leeds,", "leeds,,"),
        *("leeds,,", "name_en"),
    ),
    "slug with a blank": (
        "cities",
        lambda f: (
            change(f, "cities", "leeds,Leeds,", "lee ds,Leeds,"),
            change(f, "places_extra", "leeds,", "lee ds,"),
            change(f, "twinnings", "leeds,", "lee ds,"),
            change(f, "twinnings_extra", "leeds,", "lee ds,"),
        ),
        *("lee ds,Leeds", "slug"),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", BAD)
def test_a_bad_row_is_named_and_nothing_is_loaded(folder, what):
    name, spoil, text, reason = BAD[what]
    spoil(folder)
    with pytest.raises(CommandError) as caught:
        load(folder)
    said = str(caught.value)
    assert said.startswith(f"Nothing was loaded. {name}.csv, line ")
    assert re.search(reason, said), said
    if text:
        assert f"line {line_of(folder, name, text)}: " in said
    assert set(numbers().values()) == {0}


@pytest.mark.django_db
def test_a_bad_row_undoes_the_good_ones_of_a_later_run_too(folder):
    load(folder)
    before = [list(model.objects.order_by("pk").values()) for model in MODELS]
    change(folder, "cities", "leeds,Leeds,", "leeds,Changed,")
    BAD["impossible day"][1](folder)
    with pytest.raises(CommandError):
        load(folder)
    assert [list(model.objects.order_by("pk").values()) for model in MODELS] == before


@pytest.mark.django_db
def test_what_is_mended_loads(folder):
    BAD["impossible day"][1](folder)
    with pytest.raises(CommandError):
        load(folder)
    for name in ("status_events", "status_events_extra"):
        change(folder, name, "2022-11-31", "2022-11-02")
    load(folder)
    assert Twinning.objects.get(place__slug="newcastle-upon-tyne").status == "ended"


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="the file is missing"):
        load(tmp_path / "nowhere")
