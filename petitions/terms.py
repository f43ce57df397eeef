"""What one petition asks of a signer: its council's rules, or the stated default."""

from __future__ import annotations

from dataclasses import dataclass

from cities.models import PetitionRules
from petitions.models.petition import Petition
from petitions.models.signature import Signature
from safety.recipients import can_seal

Connection = Signature.Connection


@dataclass(frozen=True)
class Terms:
    """The fields and choices of a sign form.

    `offers_council` is false for country and worldwide petitions, for a council
    that takes no outside petitions, and while there are no two live keys.
    """

    offers_council: bool
    asks_postcode: bool = True
    asks_postal_address: bool = False
    connections: tuple[str, ...] = tuple(Connection.values)
    asks_area: bool = False
    area_country: str = ""
    is_british: bool = False
    are_known: bool = False
    refuses_outside: bool = False
    lacks_keys: bool = False

    @property
    def council_fields(self) -> list[str]:
        """The form's fields that a *council* signer must fill."""
        fields = ["name"]
        if self.asks_postcode:
            fields.append("postcode")
        if self.asks_postal_address:
            fields.append("postal_address")
        return [*fields, "connection"]


def terms_of(petition: Petition) -> Terms:
    """Return what a petition asks, from its council's rules where they are known."""
    if not petition.has_council or petition.place is None:
        return Terms(
            offers_council=False, asks_area=True, area_country=petition.country
        )
    rules = rules_of(petition)
    is_british = petition.place.country == "GB"
    sealed = can_seal()
    if rules is None:
        return Terms(
            offers_council=sealed, is_british=is_british, lacks_keys=not sealed
        )
    refuses = rules.takes_outside_petitions == PetitionRules.Answer.NO
    return Terms(
        offers_council=sealed and not refuses,
        asks_postcode=rules.asks_postcode or not rules.asks_postal_address,
        asks_postal_address=rules.asks_postal_address,
        connections=connections_of(rules),
        is_british=is_british,
        are_known=True,
        refuses_outside=refuses,
        lacks_keys=not sealed,
    )


def rules_of(petition: Petition) -> PetitionRules | None:
    """Return the rules on record for a petition's council, or None."""
    council = getattr(petition.place, "council", None)
    return getattr(council, "rules", None)


def connections_of(rules: PetitionRules) -> tuple[str, ...]:
    """Return the connections with a place that its council accepts."""
    allowed = {
        Connection.LIVES: rules.allows_lives,
        Connection.WORKS: rules.allows_works,
        Connection.STUDIES: rules.allows_studies,
    }
    return tuple(value for value, is_allowed in allowed.items() if is_allowed)
