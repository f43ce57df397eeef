"""A petition as other pages show it: its ask, its state and its supporters."""

from __future__ import annotations

from dataclasses import dataclass

from detwin.languages import best_of
from petitions.models import Petition, Wording
from petitions.page import SHOWN_FROM


@dataclass(frozen=True)
class PetitionCard:
    """What a page says of a petition; `supporters` is None while it is hidden."""

    slug: str
    wording: Wording
    title: str
    title_code: str
    ask: str
    ask_code: str
    state: str
    state_label: str
    is_running: bool
    supporters: int | None
    closes_on: object

    @classmethod
    def of(cls, petition: Petition) -> PetitionCard:
        """Make the card in the reader's language; one query, for the wording."""
        wording = petition.wording
        title, title_code = best_of(wording, "title")
        ask, ask_code = best_of(wording, "ask")
        is_shown = petition.supporters >= SHOWN_FROM
        return cls(
            slug=petition.slug,
            wording=wording,
            title=title,
            title_code=title_code,
            ask=ask,
            ask_code=ask_code,
            state=petition.state,
            state_label=petition.get_state_display(),
            is_running=petition.is_running,
            supporters=petition.supporters if is_shown else None,
            closes_on=petition.closes_on,
        )
