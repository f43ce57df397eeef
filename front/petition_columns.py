"""The columns of the petitions' open data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cities.countries import COUNTRIES
from cities.data_columns import Column, in_three
from petitions.models import Deletion, Petition

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PETITIONS = (
    Column("slug", _("lasting name of the petition, as in its address")),
    Column(
        "scope",
        _("to one council, to those of a country, or to all"),
        codes=tuple(Petition.Scope.values),
    ),
    Column("place", _("slug of the place, if it is to one council")),
    Column("country", _("country, ISO 3166-1"), codes=(*COUNTRIES, "")),
    *in_three("title", _("title of the present wording")),
    Column(
        "state",
        _("state of the petition"),
        codes=tuple(state for state in Petition.State.values if state != "draft"),
    ),
    Column("opens_on", _("first day on which it can be signed"), pattern=DAY),
    Column("closes_on", _("last day on which it can be signed"), pattern=DAY),
    Column("supporters", _("confirmed signatures"), "integer"),
    Column(
        "council_valid",
        _("of these, valid for the council, told at night; not given below 10"),
        ["integer", "null"],
    ),
    Column("paper", _("signatures on paper, counted by hand, never added"), "integer"),
    Column("in_person", _("signatures given in person, never added"), "integer"),
    Column("url", _("address of the petition")),
)
DAILY = (
    Column("first_day", _("first day of the line"), pattern=DAY),
    Column("last_day", _("last day of the line"), pattern=DAY),
    Column("confirmed", _("signatures confirmed"), "integer"),
    Column("withdrawn", _("signatures taken back"), "integer"),
    Column("quarantined", _("signatures set aside as false"), "integer"),
    Column("removed", _("of these, had been counted before"), "integer"),
    Column("released", _("set aside wrongly and counted again"), "integer"),
    Column("paper", _("signatures on paper"), "integer"),
    Column("check", _("check number over this line and the one before")),
)
AREAS = (
    Column("place", _("slug of the area, as in places")),
    Column("country", _("country, ISO 3166-1"), codes=tuple(COUNTRIES)),
    Column("supporters", _("confirmed signatures, rounded down to five"), "integer"),
    Column("moved_on", _("day at whose end the figure last moved"), pattern=DAY),
)
HEADS = (
    Column("petition", _("slug of the petition")),
    Column("last_day", _("last day of the line"), pattern=DAY),
    Column("check", _("check number of the petition's last line")),
)
DELETIONS = (
    Column("first_day", _("first day of the line"), pattern=DAY),
    Column("last_day", _("last day of the line"), pattern=DAY),
    Column("what", _("what was deleted"), codes=tuple(Deletion.What.values)),
    Column("number", _("how many"), "integer"),
)
