"""The desk's page for organisers: who has which role, and who is shut out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    FilteredSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safety import audit
from safety.organisers import sessions
from safety.organisers.doors import proof_first
from safety.organisers.models import Organiser

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
    AnyForm = forms.ModelForm[Any]
else:  # Django's own classes take no type at run time.
    AnyAdmin = admin.ModelAdmin
    AnyForm = forms.ModelForm


PLACES = ("every_place", "places")


def reach(row: Organiser) -> str:
    """Name the places of a city role, for the audit trail."""
    if row.every_place:
        return "all"
    return ", ".join(sorted(place.slug for place in row.places.all())) or "none"


def role_name(group: Group) -> str:
    """Return the name of a role in the desk's language."""
    return _(group.name)


class OrganiserForm(AnyForm):
    """An account with the places that its city role is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = Organiser.objects.of(self.instance)
        for name in PLACES:
            self.initial[name] = getattr(self.row, name)
        self.initial["places"] = self.row.place_keys()
        if "groups" in self.fields:
            groups: Any = self.fields["groups"]
            groups.label_from_instance = role_name

    every_place = Organiser._meta.get_field("every_place").formfield()
    # Named here and not in `__init__`: a widget that comes later has no choices.
    places = Organiser._meta.get_field("places").formfield(
        widget=RelatedFieldWidgetWrapper(
            FilteredSelectMultiple(gettext_lazy("places"), False),
            Organiser._meta.get_field("places").remote_field,  # type: ignore[arg-type]
            admin.site,
            can_add_related=False,
        )
    )

    def save_places(self) -> Organiser:
        """Store the places; call it when the account is stored."""
        self.row.every_place = self.cleaned_data["every_place"]
        self.row.save(update_fields=["every_place"])
        self.row.places.set(self.cleaned_data["places"])
        return self.row


@admin.register(get_user_model())
class OrganiserAdmin(AnyAdmin):
    """Accounts are made on the server; roles are given here, with a fresh passkey."""

    list_display = ("username", "roles", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    search_fields = ("username",)
    form = OrganiserForm
    readonly_fields = ("username", "reaches")
    filter_horizontal = ("groups",)
    actions = ("end_sessions",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the roles with the rows."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Show the places to whom they cannot be changed by, too."""
        told = PLACES if self.has_change_permission(request, obj) else ("reaches",)
        return ("username", "is_active", "groups", *told)

    @admin.display(description=gettext_lazy("City organiser of these places"))
    def reaches(self, organiser: AbstractUser) -> str:
        """Name the places of the city role."""
        return reach(Organiser.objects.of(organiser))

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, organiser: AbstractUser) -> str:
        """Name the roles in the desk's language."""
        return ", ".join(map(role_name, organiser.groups.all()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts are made with `make_organiser`."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are shut out, not deleted: the audit trail names them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes their own roles, nor those of the server's superuser."""
        is_own = obj is not None and (obj == request.user or obj.is_superuser)
        return not is_own and super().has_change_permission(request, obj)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Ask for a fresh passkey before anything is done to the chosen."""
        stale = proof_first(request) if request.method == "POST" else None
        return stale or super().changelist_view(request, extra_context)

    @admin.action(
        permissions=["change"],
        description=gettext_lazy("End their sessions and unused enrolment links"),
    )
    def end_sessions(self, request: HttpRequest, chosen: Any) -> None:
        """Log the chosen organisers out, wherever they are."""
        for organiser in chosen:
            with transaction.atomic():
                sessions.end_all(organiser)
                audit.record(
                    str(request.user), "organiser's session ended", organiser.username
                )
        text = _("%(number)d logged out.") % {"number": len(chosen)}
        self.message_user(request, text)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Ask for a fresh passkey first."""
        view = super().changeform_view
        return proof_first(request) or view(request, object_id, form_url, extra_context)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Save the roles, and write them down; a session of old roles ends."""
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            organiser = form.instance
            row = form.save_places()
            names = organiser.groups.order_by("name").values_list("name", flat=True)
            state = "active" if organiser.is_active else "shut out"
            told = f"{state}; roles: {', '.join(names) or 'none'}; places: {reach(row)}"
            actor = str(request.user)
            audit.record(actor, "organiser changed", organiser.username, told)
            sessions.end_all(organiser)
