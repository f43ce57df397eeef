"""The countries of the record, by ISO 3166-1 code, named in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CHINA = "CN"

COUNTRIES = {
    "AU": _("Australia"),
    "CA": _("Canada"),
    "CN": _("China"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "DK": _("Denmark"),
    "GB": _("United Kingdom"),
    "JP": _("Japan"),
    "NL": _("Netherlands"),
    "NZ": _("New Zealand"),
    "SE": _("Sweden"),
    "US": _("United States"),
}
