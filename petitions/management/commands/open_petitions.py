from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from petitions.opening import load_templates, open_for_place, open_wide, places_to_ask
from petitions.settling import today

WIDE = ("gb", "de", "world")


class Command(BaseCommand):
    help = "Open petitions from the wording templates, one for each chosen place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", help="places, or gb, de, world")
        parser.add_argument(
            "--all", action="store_true", help="every place, gb, de, world"
        )
        parser.add_argument("--country", help="every place of one country, such as GB")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open what was asked for; a petition that exists is left as it is."""
        load_templates()
        places = self.chosen(options)
        wide = WIDE if options["all"] else [s for s in options["slugs"] if s in WIDE]
        opened = [open_wide(slug, today()) for slug in wide]
        hidden = not sys.stderr.isatty()
        for place in tqdm(places, desc="Opening petitions", disable=hidden):
            opened.append(open_for_place(place, today()))
        new = [petition for petition in opened if petition]
        self.stdout.write(
            f"{len(new)} petitions opened, {len(opened) - len(new)} were there already."
        )
        if new:
            self.stdout.write(
                f"They close on {new[0].closes_on}; what signers gave is deleted "
                f"by {new[0].deletes_on}, or 30 days after hand-in."
            )

    def chosen(self, options: dict[str, Any]) -> list[Any]:
        """Return the places asked for; CommandError for one that cannot be asked."""
        places = places_to_ask()
        if options["all"]:
            return places
        if options["country"]:
            return [place for place in places if place.country == options["country"]]
        by_slug = {place.slug: place for place in places}
        unknown = [s for s in options["slugs"] if s not in by_slug and s not in WIDE]
        if unknown or not options["slugs"]:
            named = ", ".join(unknown) or "(nothing named)"
            raise CommandError(f"No agreement to ask about at: {named}")
        return [by_slug[slug] for slug in options["slugs"] if slug in by_slug]
