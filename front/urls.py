"""The public pages that are not about signing, inside the language prefix."""

from __future__ import annotations

from django.urls import include, path, register_converter

from campaign.views import (
    all_calendar,
    event_calendar,
    event_list,
    event_page,
    place_calendar,
)
from detwin.page_cache import kept
from front.action_day import action_day, action_day_calendar
from front.article_page import article_page
from front.article_preview import article_preview
from front.campaign_pages import groups, statement
from front.changes_feed import ChangesFeed
from front.corrections import corrections
from front.country_page import country_page
from front.data_page import data_page
from front.definitions_page import definitions_page
from front.deletions_page import deletions_page
from front.fact_sheets import country_facts, place_facts
from front.find import find
from front.history import history
from front.home import home
from front.join import (
    join,
    join_as,
    join_confirm,
    join_deleted,
    join_passed_on,
    join_thanks,
)
from front.missing_place import missing_place, missing_place_told
from front.place_list import place_list
from front.place_page import place_page
from front.press_room import press_room
from front.prose import prose
from front.report import report, reported
from front.updates import confirm as updates_confirm
from front.updates import deleted as updates_deleted
from front.updates import thanks as updates_thanks
from front.updates import updates
from front.updates import yours as updates_yours
from news.feeds import AtomFeed, RssFeed
from news.months import MonthConverter
from news.press_feeds import PressAtomFeed, PressRssFeed
from news.release_views import embargo_page, release_page
from news.views import article_list, month_list

register_converter(MonthConverter, "month")

# /<lang>/ and /<lang>/trust/
front = [
    path("", home, name="home"),
    path("about/", prose("about"), name="about"),
    path("faq/", prose("faq"), name="faq"),
    path("data/", data_page, name="data"),
    path("trust/", prose("trust"), name="trust"),
    path("trust/privacy/", prose("privacy"), name="privacy"),
    path("trust/counting/", prose("counting"), name="counting"),
    path("trust/corrections/", corrections, name="corrections"),
    path("trust/deletions/", deletions_page, name="deletions"),
    path("trust/accessibility/", prose("accessibility"), name="accessibility"),
    path("trust/contact/", prose("contact"), name="contact"),
    path("trust/complaints/", prose("complaints"), name="complaints"),
    path("report/", report, name="report"),
    path("report/thanks/", reported, name="reported"),
]

# /<lang>/cities/
cities = [
    path("", place_list, name="list"),
    path("definitions/", definitions_page, name="definitions"),
    path("changes.atom", kept(ChangesFeed()), name="changes"),
    path("countries/<slug:code>/", country_page, name="country"),
    path("find.json", find, name="find"),
    path("missing/", missing_place, name="missing"),
    path("missing/thanks/", missing_place_told, name="missing-thanks"),
    path("<slug:slug>/", place_page, name="place"),
    path("<slug:slug>/report/", report, name="report"),
    path("<slug:slug>/events.ics", place_calendar, name="calendar"),
    path("<slug:slug>/news.rss", kept(RssFeed()), name="rss"),
    path("<slug:slug>/news.atom", kept(AtomFeed()), name="atom"),
]

# /<lang>/news/
news = [
    path("", article_list, name="list"),
    path("feed.rss", kept(RssFeed()), name="rss"),
    path("feed.atom", kept(AtomFeed()), name="atom"),
    # The logs leave out what stands behind /s/.
    path("s/<str:token>/", article_preview, name="preview"),
    path("<month:month>/", month_list, name="month"),
    path("updates/", updates, name="updates"),
    path("updates/thanks/", updates_thanks, name="updates-thanks"),
    path("updates/deleted/", updates_deleted, name="updates-deleted"),
    path("updates/s/<str:token>/", updates_confirm, name="updates-confirm"),
    path("updates/yours/s/<str:token>/", updates_yours, name="updates-yours"),
    path("<slug:slug>/", article_page, name="article"),
]

# /<lang>/press/
press = [
    path("", press_room, name="room"),
    path("feed.rss", kept(PressRssFeed()), name="rss"),
    path("feed.atom", kept(PressAtomFeed()), name="atom"),
    path("facts/countries/<slug:code>/", country_facts, name="country-facts"),
    path("facts/<slug:slug>/", place_facts, name="place-facts"),
    path("releases/<slug:slug>/", release_page, name="release"),
    # The logs leave out what stands behind /s/.
    path("s/<str:token>/", embargo_page, name="embargo"),
]

# /<lang>/events/
events = [
    path("", event_list, name="list"),
    path("<slug:slug>/", event_page, name="event"),
    path("<slug:slug>.ics", event_calendar, name="calendar"),
]

# /<lang>/campaign/
campaign = [
    path("", statement, name="statement"),
    path("statement/<int:number>/", statement, name="statement-version"),
    path("start/", prose("start"), name="start"),
    path("history/", history, name="history"),
    path("days/<slug:day>/", action_day, name="day"),
    path("days/<slug:day>/events.ics", action_day_calendar, name="day-calendar"),
    path("groups/", groups, name="groups"),
    path("join/", join, name="join"),
    path("join/group/", join_as("group"), name="join-group"),
    path("join/person/", join_as("person"), name="join-person"),
    path("join/thanks/", join_thanks, name="join-thanks"),
    path("join/passed-on/", join_passed_on, name="join-passed-on"),
    path("join/deleted/", join_deleted, name="join-deleted"),
    # The logs leave out what stands behind /s/.
    path("join/s/<str:token>/", join_confirm, name="join-confirm"),
]

urlpatterns = [
    path("", include((front, "front"))),
    path("cities/", include((cities, "cities"))),
    path("news/", include((news, "news"))),
    path("press/", include((press, "press"))),
    path("events.ics", all_calendar, name="events-calendar"),
    path("events/", include((events, "events"))),
    path("campaign/", include((campaign, "campaign"))),
]
