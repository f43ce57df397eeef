"""Drills say what they measured; a table of all of them comes at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.drills import table
from tests.drills.databases import PostgreSQL, SQLite
from tests.drills.relay import Relay
from tests.drills.sites import Site, new_seeds, prepare
from tests.journeys.conftest import ARGUMENTS, CHROMIUM
from tests.safety.conftest import at_once, clock

__all__ = ["at_once", "clock"]
ROWS = []


@pytest.fixture
def found(record_property):
    """Return a function that notes what a drill has measured, for the table."""
    return lambda figure: record_property("figure", figure)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if mark := item.get_closest_marker("drill"):
        report.user_properties.append(("drill", mark.args))
    return report


def pytest_runtest_logreport(report):
    properties = dict(report.user_properties)
    if "drill" in properties and (report.when == "call" or not report.passed):
        ROWS.append(table.row(report, properties))


def pytest_terminal_summary(terminalreporter):
    if path := os.environ.get("DRILL_RESULTS"):
        table.write(ROWS, path)
    elif ROWS:
        terminalreporter.write_line(table.text_of({vendor(): ROWS}))


def vendor():
    """Return which database the settings name."""
    engine = settings.DATABASES["default"]["ENGINE"]
    return "SQLite" if engine.endswith("sqlite3") else "PostgreSQL"


@pytest.fixture(scope="session")
def databases():
    """Databases in a folder of their own, of the kind that the settings name."""
    folder = Path(tempfile.mkdtemp(prefix="detwin-drill-"))
    kind = SQLite if vendor() == "SQLite" else PostgreSQL
    running = kind(folder)
    yield running
    running.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def seeds():
    """The private halves of the keys that every site of these drills seals to."""
    return new_seeds()


@pytest.fixture(scope="session")
def template(databases, seeds, tmp_path_factory):
    """A filled site that never runs; the others are copies of it."""
    if databases.has_process:
        databases.copy(None, "template-site")
    site = Site(tmp_path_factory.mktemp("template"), databases, "template-site")
    prepare(site, seeds)
    return site


@pytest.fixture
def relay():
    with Relay() as running:
        yield running


@pytest.fixture
def site(template, databases, relay, tmp_path):
    """A site with its real record, not yet started; whatever runs is stopped."""
    name = f"site-{tmp_path.name}"
    databases.copy(template.name, name)
    made = Site(tmp_path / "var", databases, name, relay)
    (made.folder / "static").symlink_to(template.folder / "static")
    yield made
    made.stop()


@pytest.fixture
def browser():
    """Chromium, as journeys use it; drills that need it are left out without it.

    Closed after each drill: Django's models refuse to work beside its event loop.
    """
    if not CHROMIUM:
        pytest.skip("Chromium was not found")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
