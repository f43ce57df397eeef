"""The desk's pages for events, joint action days and groups."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.audited_admin import AuditedAdmin
from campaign.local_times import check_time_zone, in_zone, on_the_wall
from campaign.models import Event, Group, JointAction, StatementSignature
from campaign.slugs import slug_for
from campaign.statement import DATES, VERSION
from detwin.desk import AnyForm, PlainTabularInline, in_each_language
from detwin.desk_places import OfPlaces
from detwin.languages import CODES, NAMES, column, in_language

TIMES = ("starts_at", "ends_at", "exact_place_from")
# Texts that readers see before the exact place.
AT_ONCE = ("title", "summary", "where", "note")


def folded(text: str | None) -> str:
    """Return a text as it is compared: one case, single spaces."""
    return " ".join((text or "").casefold().split())


class NamedForm(AnyForm):
    """Asks for a name in any one language, not in English above all."""

    named = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[column(self.named, "en")].required = False

    def clean(self) -> dict[str, Any]:
        """Refuse a row without any name."""
        cleaned = super().clean() or self.cleaned_data
        if not self.is_written(self.named):
            raise ValidationError(self.missing())
        return cleaned

    def missing(self) -> str:
        """Say what is missing."""
        return _("Write a name in at least one language.")

    def is_written(self, field: str) -> bool:
        """Tell whether a field has a text in any language."""
        return any(self.cleaned_data.get(column(field, code)) for code in CODES)


class EventForm(NamedForm):
    """Takes and shows times as the clocks of the event's own zone have them."""

    named = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_start = self.instance.starts_at if self.instance.is_public else None
        for name in TIMES:
            field = self.fields[name]
            there = _("In the event's time zone.")
            field.help_text = f"{there} {field.help_text}".strip()
            if moment := getattr(self.instance, name):
                wall = on_the_wall(moment, self.instance.time_zone)
                self.initial[name] = wall.replace(tzinfo=datetime.UTC)

    def clean(self) -> dict[str, Any]:
        """Turn the times into moments; ask what a moved event needs."""
        cleaned = super().clean()
        if zone := cleaned.get("time_zone"):
            for name in TIMES:
                self.place_in_zone(name, zone)
        is_moved = cleaned.get("state") == Event.State.MOVED
        if is_moved and not self.is_written("note"):
            self.add_error("state", _("Say in the note what has changed."))
        if cleaned.get("exact_place_from"):
            self.keep_place_back()
        return cleaned

    def keep_place_back(self) -> None:
        """Refuse texts that give away at once what is to be held back."""
        columns = [column("exact_place", code) for code in CODES]
        exact = {folded(self.cleaned_data.get(name)) for name in columns} - {""}
        for name in (column(field, code) for field in AT_ONCE for code in CODES):
            told = folded(self.cleaned_data.get(name))
            if any(place in told for place in exact):
                self.add_error(
                    name, _("This is public at once and has the exact place.")
                )

    def missing(self) -> str:
        """Say what is missing."""
        return _("Write a title in at least one language.")

    def clean_time_zone(self) -> str:
        """Refuse an unknown zone before any time is read by it."""
        zone = str(self.cleaned_data["time_zone"])
        check_time_zone(zone)
        return zone

    def place_in_zone(self, name: str, zone: str) -> None:
        """Read one time as the zone's clocks show it; say so when they never do."""
        typed = self.cleaned_data.get(name)
        if typed is None:
            return
        try:
            self.cleaned_data[name] = in_zone(typed.replace(tzinfo=None), zone)
        except ValidationError as error:
            self.add_error(name, error)


@admin.register(Event)
class EventAdmin(OfPlaces, AuditedAdmin):
    """Events, the latest first, with what each still lacks."""

    form = EventForm
    list_display = (
        "__str__",
        "kind",
        "starts",
        "place",
        "state",
        "is_public",
        "missing_languages",
    )
    list_filter = ("is_public", "kind", "state", "starts_at")
    list_select_related = ("place",)
    search_fields = ("slug", "title_en", "title_zh_hant", "place__search_text")
    autocomplete_fields = ("place",)
    ordering = ("-starts_at", "slug")
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("is_public", "kind", "place", "time_zone", "starts_at"),
                    *("ends_at", "exact_place_from", "state", "link"),
                    *("joint_action", "slug"),
                ]
            },
        ),
        *in_each_language("title", "summary", "where", "exact_place", "note"),
    ]

    def save_model(
        self, request: HttpRequest, obj: Event, form: AnyForm, change: bool
    ) -> None:
        """Save the event, with a slug made for it when none was typed."""
        obj.slug = obj.slug or slug_for(obj)
        before = getattr(form, "known_start", None)
        if (
            before
            and obj.state == Event.State.MOVED
            and "starts_at" in form.changed_data
        ):
            obj.move_from(before)
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("starts"), ordering="starts_at")
    def starts(self, event: Event) -> str:
        """Show the start by the clocks there."""
        return f"{event.starts_local:%Y-%m-%d %H:%M} {event.time_zone}"

    @admin.display(description=gettext_lazy("languages still missing"))
    def missing_languages(self, event: Event) -> str:
        """Name the languages that have no title yet."""
        return ", ".join(
            NAMES[code] for code in CODES if not in_language(event, "title", code)
        )


@admin.register(JointAction)
class JointActionAdmin(OfPlaces, AuditedAdmin):
    """Days on which many cities acted together."""

    place_path = ""
    of_places = {}
    list_display = ("day", "title")
    filter_horizontal = ("places",)
    fieldsets = [
        (None, {"fields": ["day", "places", "source_url"]}),
        *in_each_language("title"),
    ]


class StatementSignatureForm(AnyForm):
    """Offers the version that the site shows now, and none that does not exist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = VERSION

    def clean_version(self) -> int:
        """Refuse a version that nobody can have read."""
        number = int(self.cleaned_data["version"])
        if number not in DATES:
            raise ValidationError(_("The statement has no version %s.") % number)
        return number

    def clean_signed_on(self) -> datetime.date:
        """Refuse a day before the version was there, and one to come."""
        day: datetime.date = self.cleaned_data["signed_on"]
        first = DATES.get(self.cleaned_data.get("version", 0))
        if day > timezone.now().date() or (first and day < first):
            raise ValidationError(_("On this day nobody can have signed this version."))
        return day


class StatementSignatureInline(PlainTabularInline):
    model = StatementSignature
    form = StatementSignatureForm


@admin.register(Group)
class GroupAdmin(OfPlaces, AuditedAdmin):
    """Groups; only approved ones are named in public."""

    form = NamedForm
    inlines = [StatementSignatureInline]
    list_display = ("__str__", "place", "state", "agreed_on")
    list_filter = ("state",)
    list_select_related = ("place",)
    search_fields = ("name_en", "name_zh_hant", "place__search_text")
    autocomplete_fields = ("place",)
    fieldsets = [
        (
            None,
            {"fields": ["state", "agreed_on", "place", "website", "contact"]},
        ),
        *in_each_language("name", "about"),
    ]
