"""The floor that the site is measured against, under the same gunicorn workers.

`/hello` is Django answering a constant; `/form` is a Django form of two fields
that stores one row and redirects. Neither has any middleware.
"""

from __future__ import annotations

import django
import environ
from django import forms
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="the floor keeps no secrets",
    DATABASES={"default": {**environ.Env().db_url("DATABASE_URL"), "CONN_MAX_AGE": 60}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from django.db import connection, models  # noqa: E402 - needs the settings above.


class FloorRow(models.Model):
    """What the floor's form stores."""

    name = models.CharField(max_length=120)
    email = models.EmailField()

    class Meta:
        app_label = "floor"
        db_table = "benchmark_floor"

    def __str__(self) -> str:
        return self.name


class FloorForm(forms.ModelForm):  # type: ignore[type-arg]
    """The floor's form."""

    class Meta:
        model = FloorRow
        fields = ("name", "email")


def hello(request: HttpRequest) -> HttpResponse:
    """Answer a constant."""
    return HttpResponse(b"hello")


def form(request: HttpRequest) -> HttpResponse:
    """Store one row and redirect."""
    posted = FloorForm(request.POST)
    if not posted.is_valid():
        return HttpResponse(status=422)
    posted.save()
    return HttpResponseRedirect("/hello")


def make_table() -> None:
    """Make the table anew."""
    with connection.schema_editor() as editor:
        editor.execute("DROP TABLE IF EXISTS benchmark_floor")
        editor.create_model(FloorRow)


if __name__ == "__main__":
    make_table()

urlpatterns = [path("hello", hello), path("form", form)]
application = get_wsgi_application()
