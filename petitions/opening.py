"""Opening petitions for many places at once, from one wording in three languages."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path

from babel.lists import format_list
from django.db import transaction

from cities.countries import CHINA
from cities.models import Place, Twinning
from cities.models.twinning import Status
from detwin.languages import CODES, column, in_language
from petitions import retention
from petitions.models import Petition, Wording, WordingTemplate
from petitions.models.wording import TEXT_FIELDS

TEXTS = Path(__file__).parent / "content" / "wordings.toml"
BABEL_LOCALES = {"en": "en_GB", "zh-hant": "zh_Hant_HK", "zh-hans": "zh_Hans_CN"}
MOST_NAMED = 3
MANY = {
    "en": "{number} cities in China",
    "zh-hant": "{number}個中國城市",
    "zh-hans": "{number}个中国城市",
}

Use = WordingTemplate.Use


def places_to_ask() -> list[Place]:
    """Return the places with an agreement that can be asked about, in name order."""
    places = Place.objects.exclude(country=CHINA).exclude(council=None)
    askable = Twinning.objects.askable().values("place")
    return list(places.filter(pk__in=askable).select_related("council").in_name_order())


def load_templates() -> None:
    """Store the wordings that come with the project, where organisers have none."""
    texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
    addressees = texts.get("addressees", {})
    for use in Use.values:
        if WordingTemplate.objects.filter(use=use).exists():
            continue
        values = {
            column(field, code): texts[use][code.replace("-", "_")][field].strip()
            for field in TEXT_FIELDS
            for code in CODES
        }
        name = use.removeprefix("country_")
        values |= {
            column("addressee", code): addressees.get(name, {}).get(
                code.replace("-", "_"), ""
            )
            for code in CODES
        }
        WordingTemplate.objects.create(use=use, **values)


@transaction.atomic
def open_for_place(place: Place, day: datetime.date) -> Petition | None:
    """Open the petition of a place, or return None if it has one already."""
    if Petition.objects.filter(slug=place.slug).exists():
        return None
    ties = list(
        place.twinnings.askable().with_history().order_by("chinese_place__slug")
    )
    use = Use.CITY_PRESUMED if any(map(is_doubtful, ties)) else Use.CITY_CONFIRMED
    petition = new_petition(place.slug, day, scope=Petition.Scope.CITY, place=place)
    petition.twinnings.set(ties)
    add_wording(petition, WordingTemplate.objects.get(use=use), place, ties)
    return petition


@transaction.atomic
def open_wide(slug: str, day: datetime.date) -> Petition | None:
    """Open `gb`, `de` or `world`, or return None if it is there already."""
    if Petition.objects.filter(slug=slug).exists():
        return None
    is_world = slug == "world"
    template = WordingTemplate.objects.get(use=slug if is_world else f"country_{slug}")
    scope = Petition.Scope.WORLD if is_world else Petition.Scope.COUNTRY
    country = "" if is_world else slug.upper()
    petition = new_petition(slug, day, scope=scope, country=country)
    for code in CODES:
        name = column("addressee", code)
        setattr(petition, name, in_language(template, "addressee", code))
    petition.save()
    add_wording(petition, template)
    return petition


def is_doubtful(tie: Twinning) -> bool:
    """Tell whether it must first be asked if the tie still stands."""
    return not tie.confirmed or tie.status == Status.UNKNOWN


def new_petition(slug: str, day: datetime.date, **values: object) -> Petition:
    """Store an open petition with its closing date."""
    return Petition.objects.create(
        slug=slug,
        state=Petition.State.OPEN,
        opens_on=day,
        closes_on=retention.months_after(day, retention.OPEN_MONTHS),
        **values,
    )


def add_wording(
    petition: Petition,
    template: WordingTemplate,
    place: Place | None = None,
    ties: list[Twinning] | None = None,
) -> Wording:
    """Fill a template in and store it as the petition's first wording."""
    wording = Wording(petition=petition, number=1)
    for code in CODES:
        values = fillings(place, ties or [], code)
        for field in TEXT_FIELDS:
            text = in_language(template, field, code)
            for name, value in values.items():
                text = text.replace("{" + name + "}", value)
            setattr(wording, column(field, code), text)
    wording.save()
    return wording


def fillings(place: Place | None, ties: list[Twinning], code: str) -> dict[str, str]:
    """Return what stands for `{place}`, `{council}` and `{twins}` in one language."""
    if place is None:
        return {}
    council = in_language(place.council, "name", code)
    return {
        "place": in_language(place, "name", code),
        # A German council's own word stands in brackets; a title is no place for it.
        "council": council.partition(" (")[0],
        "twins": named(ties, code),
    }


def named(ties: list[Twinning], code: str) -> str:
    """Name the partner places; only their number when a title could not hold them."""
    if len(ties) > MOST_NAMED:
        return MANY[code].format(number=len(ties))
    names = [in_language(tie.chinese_place, "name", code) for tie in ties]
    return format_list(names, locale=BABEL_LOCALES[code])
