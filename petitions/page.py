"""Everything that a petition's page shows, gathered in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404

from cities.models import Threshold, Twinning
from detwin import languages
from news.models import Article
from petitions.forms import SignForm
from petitions.models import HandIn, Petition, Wording
from petitions.terms import Terms, rules_of, terms_of
from safety.recipients import live_public_keys

# Below this the figures are left out, as a matter of tone.
SHOWN_FROM = 25


def public_petition(slug: str) -> Petition:
    """Return a petition that is no draft, with its council; 404 otherwise."""
    petition = Petition.objects.public().with_addressee().filter(slug=slug).first()
    if petition is None:
        raise Http404
    return petition


def page_context(petition: Petition, form: SignForm | None = None) -> dict[str, Any]:
    """Return what the template shows, with the form as posted if there is one."""
    wording = petition.wording
    terms = terms_of(petition)
    rules = rules_of(petition)
    thresholds = list(rules.thresholds.all()) if rules else []
    twinnings = list(twinnings_of(petition))
    return {
        "petition": petition,
        "wording": wording,
        "form": form or SignForm(petition=petition, wording=wording, terms=terms),
        "terms": terms,
        "place": petition.place,
        "council": getattr(petition.place, "council", None),
        "rules": rules,
        "thresholds": thresholds,
        "twinnings": twinnings,
        "presumed": any(tie.is_presumed for tie in twinnings),
        "numbers": numbers_of(petition, thresholds),
        "hand_ins": hand_ins_of(petition),
        "articles": articles_about(petition),
        "other_languages": in_other_languages(wording),
        "is_running": petition.is_running,
        "deletes_on": petition.deletes_on,
        "closes_on": petition.closes_on,
        "key_fingerprints": [key.fingerprint for key in live_public_keys()],
        "sealing_available": not terms.lacks_keys,
        "notice": notice_of(form),
    }


def twinnings_of(petition: Petition) -> Iterable[Twinning]:
    """Return the ties that a petition is about, with places and history."""
    ties = Twinning.objects.filter(petition=petition).with_history()
    return ties.order_by("chinese_place__slug")


def numbers_of(petition: Petition, thresholds: list[Threshold]) -> dict[str, Any]:
    """Return the figures as they may be shown, and the next real threshold.

    There is no goal where no rule is known; `council_valid` is shown from ten up.
    """
    valid = petition.council_valid
    ahead = [step for step in thresholds if step.signatures > valid]
    step = ahead[0] if ahead else (thresholds[-1] if thresholds else None)
    return {
        "supporters": petition.supporters,
        "council_valid": valid if valid >= 10 else None,
        "paper": petition.paper,
        "in_person": petition.in_person,
        "hidden": petition.supporters < SHOWN_FROM,
        "goal": step.signatures if step else None,
        "goal_triggers": step,
        "bar_value": min(valid, step.signatures) if step else 0,
    }


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
        text = {"code": tag, "tag": tag, "name": tag, "title": "", "ask": ""}
        others.append({**text, "body": wording.council_text})
    return others


def notice_of(form: SignForm | None) -> str:
    """Return which notice stands above a form that was sent back."""
    if form is None or not form.is_bound:
        return ""
    if form.is_superseded and "wording" in form.cleaned_data:
        return "superseded"
    return "provider" if form.is_valid() and form.needs_provider_warning else ""


def bound_form(
    petition: Petition, wording: Wording, terms: Terms, data: Any
) -> SignForm:
    """Return the sign form as posted, ready to be judged."""
    return SignForm(data, petition=petition, wording=wording, terms=terms)
