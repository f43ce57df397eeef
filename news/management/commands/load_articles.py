from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from news.article_files import BadArticle, read_articles
from news.articles_loading import save_articles


class Command(BaseCommand):
    help = "Load the articles that are kept as files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--folder",
            type=Path,
            default=Path(settings.BASE_DIR) / "news" / "content",
            help="where the articles are, one folder each",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="replace what organisers have edited, too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load all articles at one stroke, or say what is wrong and load none."""
        try:
            shown = tqdm(
                read_articles(options["folder"]),
                desc="Loading articles",
                unit=" articles",
                disable=not sys.stderr.isatty(),
            )
            counts = save_articles(shown, overwrite=options["overwrite"])
        except BadArticle as error:
            raise CommandError(f"Nothing was loaded. {error}") from None
        self.stdout.write(
            f"article: {counts.added} added, {counts.changed} changed, "
            f"{counts.unchanged} unchanged, "
            f"{counts.kept} kept as organisers edited them"
        )
