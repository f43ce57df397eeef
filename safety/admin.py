"""The desk's pages for keys, mail domains and the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import idna
from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from safety import audit
from safety.models import AuditEvent, MailDomain, RecipientKey, Switch
from safety.organisers import admin as organisers_admin  # noqa: F401 registers its page
from safety.organisers import key_views
from safety.switches import turn

if TYPE_CHECKING:
    AnyAdmin = admin.ModelAdmin[Any]
    AnyForm = forms.ModelForm[Any]
else:  # Django's own classes take no type at run time.
    AnyAdmin = admin.ModelAdmin
    AnyForm = forms.ModelForm


class AuditedAdmin(AnyAdmin):
    """Writes every change into the audit trail, in the same transaction."""

    def save_model(
        self, request: HttpRequest, obj: Model, form: AnyForm, change: bool
    ) -> None:
        """Store the row and record which fields changed (never their values)."""
        super().save_model(request, obj, form, change)
        verb = "changed" if change else "added"
        self._record(request, verb, obj, ", ".join(form.changed_data))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Record, then delete."""
        self._record(request, "deleted", obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Record and delete each row."""
        for row in queryset:
            self.delete_model(request, row)

    def _record(
        self, request: HttpRequest, verb: str, obj: Model, fields: str = ""
    ) -> None:
        action = f"{obj._meta.model_name} {verb}"
        audit.record(str(request.user), action, str(obj), fields)


class ReadOnlyAdmin(AnyAdmin):
    """Rows that the desk shows and nobody edits here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody adds a row here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes a row."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a row."""
        return False


class MailDomainForm(AnyForm):
    """Keeps domains in the one spelling that addresses are compared in."""

    def clean_domain(self) -> str:
        """Return the domain in lower-case ASCII."""
        return _as_ascii(self.cleaned_data["domain"])

    def clean_canonical(self) -> str:
        """Return the other domain in lower-case ASCII, or nothing."""
        return _as_ascii(self.cleaned_data["canonical"])


@admin.register(MailDomain)
class MailDomainAdmin(AuditedAdmin):
    """The table of mail providers; changes take effect within a minute."""

    form = MailDomainForm
    list_display = (
        "domain",
        "canonical",
        "strip_plus",
        "strip_dots",
        "in_mainland_china",
        "disposable",
    )
    list_filter = ("in_mainland_china", "disposable")
    search_fields = ("domain", "canonical")


@admin.register(RecipientKey)
class RecipientKeyAdmin(ReadOnlyAdmin):
    """Public keys, to read. Two organisers add one or turn one off, none is deleted."""

    list_display = ("holder", "fingerprint", "suite", "is_escrow", "is_demo", "active")
    fields = (
        *("holder", "fingerprint", "public_text", "key_id", "suite"),
        *("is_escrow", "is_demo", "active", "added_on", "change"),
    )
    readonly_fields = ("change",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Adding is asking another organiser."""
        return bool(request.user.has_perm(key_views.ASK))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask for a new key in place of adding one."""
        return cast(HttpResponse, key_views.ask_for_key(request))

    @admin.display(description=_("change"))
    def change(self, key: RecipientKey) -> str:
        """Link to the page where turning it off, or on again, is asked for."""
        text = (
            gettext("Ask to turn it off")
            if key.active
            else gettext("Ask to turn it on")
        )
        return format_html(
            '<a href="{}">{}</a>', reverse("access:switch-key", args=[key.pk]), text
        )


EFFECTS = {
    Switch.Name.STOP_COLLECTING: _(
        "Nobody can sign. Confirming, withdrawing and new links still work."
    ),
    Switch.Name.READ_ONLY: _(
        "Nothing that the public sends is stored: no signing, confirming, withdrawing "
        "or reporting. The desk and the worker go on."
    ),
    Switch.Name.UNDER_ATTACK: _(
        "Signing goes on, but a network may do a fifth of what it may do otherwise. "
        "The petitions' pages say so."
    ),
}


@admin.register(Switch)
class SwitchAdmin(AnyAdmin):
    """The three switches, each turned with one press."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There are three, no more."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Switch | None = None
    ) -> bool:
        """Nobody deletes a switch."""
        return False

    def get_urls(self) -> list[Any]:
        """Add where a press of a button leads."""
        turn = self.admin_site.admin_view(require_POST(self.turned))
        own = [path("turn/<slug:name>/<slug:way>/", turn, name="safety_switch_turn")]
        return [*own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show every switch with what it does."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        on = set(Switch.objects.filter(is_on=True).values_list("name", flat=True))
        context = {
            **self.admin_site.each_context(request),
            "title": Switch._meta.verbose_name_plural,
            "may_turn": self.has_change_permission(request),
            "switches": [
                {"name": name, "label": name.label, "effect": text, "is_on": name in on}
                for name, text in EFFECTS.items()
            ],
        }
        return TemplateResponse(
            request, "admin/safety/switch/change_list.html", context
        )

    def turned(self, request: HttpRequest, name: str, way: str) -> HttpResponse:
        """Turn one switch `on` or `off`."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if name not in EFFECTS or way not in ("on", "off"):
            raise Http404
        turn(name, way == "on", str(request.user))
        self.message_user(request, _("It takes effect within fifteen seconds."))
        return redirect("admin:safety_switch_changelist")


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """The audit trail, to read."""

    list_display = ("number", "happened_at", "actor", "action", "object_label")
    search_fields = ("actor", "action", "object_label", "reason")


def _as_ascii(domain: str) -> str:
    if not domain:
        return ""
    try:
        return idna.encode(domain.strip(), uts46=True).decode("ascii")
    except idna.IDNAError:
        raise ValidationError(_("This is not a domain name.")) from None
