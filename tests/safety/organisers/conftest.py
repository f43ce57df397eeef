"""An organiser with a passkey, at a desk that asks for it."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from safety.organisers import enrolment
from safety.organisers.models import Organiser
from tests.safety.organisers.authenticator import Device
from tests.safety.organisers.rows import store_rows


@pytest.fixture(autouse=True)
def _strict(settings, db):
    settings.DESK_REQUIRE_PASSKEY = True
    settings.SITE_URL = "https://testserver"


class Browser(Client):
    """A browser on https, with the organiser's device beside it."""

    def __init__(self, device=None):
        super().__init__()
        self.device = device or Device()
        self.defaults["wsgi.url_scheme"] = "https"

    def enrol(self, link, name="phone"):
        """Open a link, press on, and make a passkey."""
        path = link.removeprefix("https://testserver")
        assert self.post(path)["Location"] == "/desk/access/passkeys/add/"
        return self.add(name)

    def add(self, name="phone"):
        """Make a passkey on this device."""
        challenge = self.get("/desk/access/passkeys/challenge")
        credential = self.device.make(challenge.json())
        data = {"name": name, "credential": credential}
        return self.post("/desk/access/passkeys/add/", data)

    def prove(self):
        """Show the passkey again."""
        challenge = self.get("/desk/access/prove/challenge").json()
        credential = self.device.show(challenge)
        return self.post("/desk/access/prove/", {"credential": credential})

    def make_codes(self):
        """Return new recovery codes as the page shows them."""
        page = self.post("/desk/access/codes/new/").content.decode()
        return [part.split("</code>")[0] for part in page.split("<code>")[1:]]

    def log_in(self):
        """Log in by passkey."""
        challenge = self.get("/desk/access/login/challenge").json()
        credential = self.device.show(challenge)
        return self.post("/desk/access/login/", {"credential": credential})

    def log_out(self):
        self.post("/desk/access/logout/")

    @property
    def is_in(self):
        """Tell whether the desk is open."""
        return self.get("/desk/").status_code == 200


def make_account(name, *roles, places=None, **values):
    """Store an account without any way in; a city role is for every place, if not told."""
    user = get_user_model().objects.create(username=name, is_staff=True, **values)
    user.set_unusable_password()
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    row = Organiser.objects.of(user)
    row.every_place = places is None
    row.save()
    row.places.set(places or [])
    return user


def settled(user):
    """Return a browser of an organiser who has all that the desk asks for."""
    browser = Browser()
    browser.enrol(enrolment.make_link(user))
    browser.prove()
    browser.codes = browser.make_codes()
    return browser


@pytest.fixture
def ada():
    return make_account("ada", "Administrator", email="ada@example.org")


@pytest.fixture
def browser(ada):
    """Ada's browser, at the desk."""
    return settled(ada)


@pytest.fixture
def cities(leeds_petition, sheffield_petition, world_petition):
    """Two cities with all that an organiser can work on."""
    store_rows(leeds_petition, sheffield_petition)
