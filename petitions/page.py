"""Everything that a petition's page shows, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cache, partial
from typing import Any

from babel import Locale, UnknownLocaleError
from django.db import connection
from django.http import Http404

from cities.models import Threshold, Twinning
from detwin import languages
from news.models import Article
from petitions.area_counts import told_areas
from petitions.forms import SignForm
from petitions.growth import growth_of
from petitions.models import AreaCount, HandIn, Petition, Wording
from petitions.others import three_more
from petitions.standing import standing_petition
from petitions.terms import Terms, rules_of, terms_of
from petitions.valid_counts import told_valid
from safety.recipients import live_public_keys
from safety.switches import is_collecting, is_read_only, throttle_share

# Below this the figures are left out, as a matter of tone.
SHOWN_FROM = 25
MOST_AREAS = 15
CHANGING = (
    *("state", "opens_on", "closes_on", "handed_in_on"),
    *("supporters", "council_valid_told", "paper", "in_person"),
)
CHANGING_STATEMENT = (
    f"SELECT {', '.join(CHANGING)} "  # noqa: S608 - our own column names # nosec B608
    f"FROM {Petition._meta.db_table} WHERE id = %s"
)


def public_petition(slug: str) -> Petition:
    """Return a petition that is no draft, with its council; 404 otherwise.

    State, dates and figures are as they are now; its place, council, rules and
    wording may be some seconds old.
    """
    known, wording = standing_petition(slug)
    now = changing_values(known.pk)
    if now.get("state", Petition.State.DRAFT) == Petition.State.DRAFT:
        raise Http404
    petition = copy(known)
    petition.__dict__.update(now, wording=wording)
    return petition


def changing_values(key: int) -> dict[str, Any]:
    """Return what may change at any moment of a petition, by one plain statement.

    The pages that a burst of readers asks for stand on it, and building the same
    statement anew costs several times what the database takes to answer it.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHANGING_STATEMENT, [key])
        row = cursor.fetchone()
    return dict(zip(CHANGING, row, strict=True)) if row else {}


def page_context(petition: Petition, form: SignForm | None = None) -> dict[str, Any]:
    """Return what the template shows, with the form as posted if there is one.

    What costs a query stands here as a function that the template calls once.
    """
    wording, terms, rules = petition.wording, terms_of(petition), rules_of(petition)
    numbers, hand_ins = numbers_of(petition), once(hand_ins_of, petition)
    return {
        "petition": petition,
        "wording": wording,
        "form": form or once(blank_form, petition, wording, terms),
        "is_sent_back": form is not None,
        "terms": terms,
        "place": petition.place,
        "council": getattr(petition.place, "council", None),
        "rules": rules,
        "thresholds": thresholds_of(petition),
        "twinnings": once(twinnings_of, petition),
        "presumed": once(is_presumed, petition),
        "numbers": numbers,
        "growth": once(growth_of, petition, numbers, hand_ins),
        "areas": once(shown_areas, petition, numbers),
        "hand_ins": hand_ins,
        "articles": once(articles_about, petition),
        "three_more": once(more_than, petition),
        "other_languages": once(in_other_languages, wording),
        "is_running": petition.is_running,
        "deletes_on": petition.deletes_on,
        "closes_on": petition.closes_on,
        "key_fingerprints": [key.fingerprint for key in live_public_keys()],
        "sealing_available": not terms.lacks_keys,
        "notice": notice_of(form),
        "is_collecting": is_collecting(),
        "is_read_only": is_read_only(),
        "is_under_attack": throttle_share() < 1,
    }


def once(make: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    """Return a function that makes something when first called, and keeps it."""
    return cache(partial(make, *arguments))


def blank_form(petition: Petition, wording: Wording, terms: Terms) -> SignForm:
    """Return the sign form that nobody has filled in yet."""
    return SignForm(petition=petition, wording=wording, terms=terms)


def more_than(petition: Petition) -> list[Petition]:
    """Return where a reader of a petition that is over may sign instead."""
    return three_more(petition.place, petition.country)


def is_presumed(petition: Petition) -> bool:
    """Tell whether a tie of the petition stands only because a list says so."""
    return any(tie.is_presumed for tie in twinnings_of(petition))


def twinnings_of(petition: Petition) -> list[Twinning]:
    """Return the ties that a petition is about, with places and history."""
    ties = Twinning.objects.filter(petition=petition).with_history()
    return list(ties.order_by("chinese_place__slug"))


def thresholds_of(petition: Petition) -> list[Threshold]:
    """Return the thresholds of a petition's council, lowest first."""
    rules = rules_of(petition)
    return list(rules.thresholds.all()) if rules else []


def numbers_of(petition: Petition) -> dict[str, Any]:
    """Return the figures as they may be shown, and the next real threshold.

    There is no goal where no rule is known; `council_valid` is the figure of the last
    night, from ten up.
    """
    valid, thresholds = told_valid(petition), thresholds_of(petition)
    ahead = [step for step in thresholds if step.signatures > (valid or 0)]
    step = ahead[0] if ahead else (thresholds[-1] if thresholds else None)
    return {
        "supporters": petition.supporters,
        "council_valid": valid,
        "paper": petition.paper,
        "in_person": petition.in_person,
        "hidden": petition.supporters < SHOWN_FROM,
        "goal": step.signatures if step else None,
        "goal_triggers": step,
        "bar_value": min(valid, step.signatures) if step and valid else 0,
    }


def shown_areas(petition: Petition, numbers: dict[str, Any]) -> list[AreaCount]:
    """Return the areas with most supporters; the file has them all."""
    return [] if numbers["hidden"] else told_areas(petition)[:MOST_AREAS]


def hand_ins_of(petition: Petition) -> list[HandIn]:
    """Return the hand-ins with the council's replies, newest first."""
    return list(petition.hand_ins.prefetch_related("replies"))


def articles_about(petition: Petition) -> list[Article]:
    """Return the newest updates that point at this petition."""
    return list(Article.objects.published().filter(petition_slug=petition.slug)[:3])


def in_other_languages(wording: Wording) -> list[dict[str, str]]:
    """Return the same text in the other languages, and in the council's own."""
    current = languages.current()
    others = [
        {
            "code": code,
            "tag": languages.OUTPUT_TAGS[code],
            "name": languages.NAMES[code],
            **{
                field: languages.in_language(wording, field, code)
                for field in ("title", "ask", "body")
            },
        }
        for code in languages.CODES
        if code != current
    ]
    if wording.council_text:
        tag = wording.council_language
        name = own_name(tag)
        text = {"code": tag, "tag": tag, "name": name, "title": "", "ask": ""}
        others.append({**text, "body": wording.council_text})
    return others


def own_name(tag: str) -> str:
    """Return a language's name in itself, or its tag where that is not known."""
    try:
        return Locale.parse(tag, sep="-").get_display_name() or tag
    except (ValueError, UnknownLocaleError):
        return tag


def notice_of(form: SignForm | None) -> str:
    """Return which notice stands above a form that was sent back."""
    if form is None or not form.is_bound:
        return ""
    if form.is_superseded:
        return "superseded"
    return "provider" if form.is_valid() and form.needs_provider_warning else ""


def bound_form(
    petition: Petition, wording: Wording, terms: Terms, data: Any
) -> SignForm:
    """Return the sign form as posted, ready to be judged."""
    return SignForm(data, petition=petition, wording=wording, terms=terms)
