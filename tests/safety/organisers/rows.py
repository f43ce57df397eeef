"""Rows of all that an organiser can work on, in each of two cities."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.utils import timezone

from campaign.models import Event, Group, JointAction
from cities.models import (
    ErrorReport,
    MissingPlace,
    PetitionRules,
    RecordCorrection,
    TwinningCandidate,
)
from news.models import Article
from petitions.models import DailyTally, HandIn, PaperBatch, PaperSheet


def store_rows(*petitions):
    """Store one row of each kind for each petition's city, and those of no city."""
    entered_by = get_user_model().objects.create(username="stall", is_staff=True)
    today = timezone.localdate()
    for petition in petitions:
        place = petition.place
        HandIn.objects.create(
            petition=petition, day=today, reply_due_on=today - timezone.timedelta(1)
        )
        DailyTally.objects.create(petition=petition, day=today)
        code = place.slug[:6].upper()
        PaperSheet.objects.create(petition=petition, code=code, printed_on=today)
        PaperBatch.objects.create(
            petition=petition, lines=3, collected_on=today, entered_by=entered_by
        )
        PetitionRules.objects.get_or_create(council=place.council)
        ErrorReport.objects.create(place=place, text="Wrong.", received_on=today)
        RecordCorrection.objects.create(place=place, day=today, what_en="x", why_en="y")
        Event.objects.create(
            slug=place.slug,
            title_en="A stall",
            kind="stall",
            place=place,
            time_zone="Europe/London",
            starts_at=timezone.now(),
        )
        Group.objects.create(name_en=f"Friends of {place}", place=place)
        Article.objects.create(slug=place.slug, title_en="News", place=place)
    TwinningCandidate.objects.create(
        place_name="Halle", country="DE", chinese_name="Jiaxing", found_in="A list"
    )
    MissingPlace.tell(today, "Atlantis", "GB", "")
    JointAction.objects.create(day=today, title_en="Together")
