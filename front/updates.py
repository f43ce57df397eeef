"""News by mail: asked for, confirmed by a link, and stopped by one press.

The pages answer the same for every address: whether it is new, waiting or on a list is
looked at by the worker, long after.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cities.models import Place
from detwin.answers import SeeOther, no_store
from detwin.languages import current
from detwin.page_cache import kept
from detwin.refusal import refuse
from front.updates_form import News, UpdatesForm
from news import consent
from news.models import Subscriber, SubscriptionRequest
from petitions.guards import body_size, frequency_refusal, refusal_of
from safety import day_keys
from safety.links import opened, row_of
from safety.throttling import Limit

# For one network, behind which a whole meeting may sit.
SUBSCRIBE = Limit("updates", 30, 3600)
ONE_CLICK = "One-Click"


@csrf_exempt
@kept
def updates(request: HttpRequest) -> HttpResponse:
    """Show the form; store what is asked, and lead everybody to the same page."""
    if request.method in ("GET", "HEAD"):
        return show(request, UpdatesForm(initial=wanted(request)))
    if refusal := refusal_of(request) or frequency_refusal(request, SUBSCRIBE):
        return refusal
    form = UpdatesForm(request.POST)
    if not form.is_acceptable:
        return sent_back(request, form)
    if not form.is_from_a_robot:
        asked = form.cleaned_data
        SubscriptionRequest.objects.receive(asked["email"], current(), asked["slug"])
    return no_store(SeeOther(reverse("news:updates-thanks")))


def wanted(request: HttpRequest) -> dict[str, str]:
    """Return what the form starts with: `?place=leeds` asks for one city's news."""
    slug = request.GET.get("place", "")
    is_slug = slug.isascii() and slug.isprintable()
    found = Place.objects.outside_china().filter(slug=slug) if slug and is_slug else ()
    for place in found:
        return {"news": News.PLACE, "place": place.name}
    return {"news": News.ALL}


def sent_back(request: HttpRequest, form: UpdatesForm) -> HttpResponse:
    """Show what was typed and what is wrong; a warning is given once."""
    is_warned = form.needs_provider_warning
    if is_warned:
        form.data = {**request.POST.dict(), "anyway": "1"}
    return no_store(show(request, form, 422, is_warned))


def show(
    request: HttpRequest, form: UpdatesForm, status: int = 200, is_warned: bool = False
) -> HttpResponse:
    """Show the form."""
    context = {"form": form, "is_warned": is_warned}
    return render(request, "news/updates.html", context, status=status)


@kept
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way; the same for everybody."""
    return render(request, "news/updates_thanks.html")


@kept
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Say that what somebody typed is gone."""
    return render(request, "news/updates_deleted.html")


# --- Behind the link that confirms -------------------------------------------------
@csrf_exempt
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was asked for; take the yes, or delete it, only on a POST."""
    if request.method not in ("GET", "HEAD") and (refusal := refusal_of(request)):
        return refusal
    asked = waiting_request(token)
    if asked is None:
        return gone(request)
    if request.method == "POST":
        action = request.POST.get("action")
        if action == "delete":
            asked.delete()
            return no_store(SeeOther(reverse("news:updates-deleted")))
        if action == "confirm":
            asked.confirm()
        return no_store(SeeOther(request.path))
    place = Place.objects.filter(slug=asked.details()["place"]).first()
    context = {"place": place, "is_confirmed": asked.is_confirmed}
    return no_store(render(request, "news/updates_confirm.html", context))


def gone(request: HttpRequest) -> HttpResponse:
    """Say that a link leads nowhere, whether it was used, too old or never ours."""
    return refuse(
        request,
        404,
        _("This link leads nowhere any more"),
        _(
            "It was used already, or it is older than three days. If news reaches "
            "you, each mail has a link to stop it. You may also ask for news again."
        ),
    )


def waiting_request(token: str) -> SubscriptionRequest | None:
    """Return what a link leads to, if it can still be read and is not too old."""
    found = opened(token)
    asked = row_of(found, SubscriptionRequest.objects.all())
    if found is None or asked is None:
        return None
    today = timezone.now().date()
    is_old = SubscriptionRequest.objects.overdue(today).filter(pk=asked.pk).exists()
    if not asked.is_confirmed and (is_old or found.age > consent.LINK_LIFE):
        return None
    try:
        asked.details()
    except (day_keys.DayKeyGone, day_keys.Damaged):
        return None
    return asked


# --- A subscriber's own page ---------------------------------------------------------
@csrf_exempt
@never_cache
def yours(request: HttpRequest, token: str) -> HttpResponse:
    """Show what we keep of a subscriber; stop or renew on a POST only.

    Mail programs stop it by one POST (RFC 8058), which carries no cookie, no secret of
    a form and no origin of ours: the link itself says who it is.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return refusal_of(request) or gone(request)
    found = opened(token)
    if found is None:
        return gone(request)
    # However old the link is; nobody once the address is deleted.
    subscriber = row_of(found, Subscriber.objects.all())
    if request.method == "POST":
        return act(request, subscriber)
    return own_page(request, subscriber) if subscriber else not_listed(request)


def act(request: HttpRequest, subscriber: Subscriber | None) -> HttpResponse:
    """Stop or renew; a repeated stop is answered like the first one."""
    action = asked_for(request)
    if action != ONE_CLICK and (refusal := refusal_of(request)):
        return refusal
    if action in (ONE_CLICK, "stop"):
        if subscriber is not None:
            subscriber.stop()
        return no_store(render(request, "news/updates_stopped.html"))
    if subscriber is None:
        return not_listed(request)
    if action == "renew":
        subscriber.say_yes_again()
    return no_store(SeeOther(request.path))


def asked_for(request: HttpRequest) -> str:
    """Return which button was pressed, or that a mail program asks; read only once.

    What is too long is not read at all, and refused by the caller.
    """
    if body_size(request) > settings.MAX_FORM_BYTES:
        return ""
    request.encoding = "utf-8"
    is_one_click = request.POST.get("List-Unsubscribe") == ONE_CLICK
    return ONE_CLICK if is_one_click else request.POST.get("action", "")


def own_page(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """Show which news somebody gets and until when; it never shows the address."""
    context = {"subscriber": subscriber, "places": subscriber.places.in_name_order()}
    return no_store(render(request, "news/updates_yours.html", context))


def not_listed(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing left to stop."""
    return refuse(
        request,
        404,
        _("This address gets no news from us"),
        _("It was deleted before. You may ask for news again at any time."),
    )
