"""The desk's page for pictures: taken once, described, never exchanged."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from detwin.desk import AnyForm, DeskAdmin, in_each_language
from detwin.languages import CODES, column, in_language
from detwin.simplified import fill_simplified
from news.models import Picture
from news.picture_field import PictureField
from news.picture_files import store
from news.picture_making import BadPicture, Made, make_sizes
from safety import audit

DANGER = gettext_lazy(
    "A picture of a rally can put the people in it and their families in "
    "danger. Look at the faces in the background too, and at name badges, "
    "number plates and tattoos. In doubt, cover them with a solid shape "
    "before you upload it, or take another picture. Deleting a picture here "
    "takes it off the site at once, but not out of copies."
)


class PictureForm(AnyForm):
    """Words for a picture, and what nobody may forget: credit, licence, people."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "people_agreed" in self.fields:
            self.fields["people_agreed"].required = True
            self.fields["people_agreed"].error_messages["required"] = _(
                "Without this the picture cannot be put on the site."
            )

    def clean(self) -> dict[str, Any]:
        """Ask for words in every language, unless it is decorative."""
        cleaned = super().clean() or self.cleaned_data
        described = Picture(**{column("alt", c): self.words(c) for c in CODES})
        fill_simplified(described, ["alt"])
        simplified = in_language(described, "alt", "zh-hans")
        cleaned[column("alt", "zh-hans")] = simplified
        if not cleaned.get("decorative"):
            for code in ("en", "zh-hant"):
                if not self.words(code):
                    self.add_error(
                        column("alt", code),
                        _("Say what it shows, or tick “decorative”."),
                    )
        return cleaned

    def words(self, code: str) -> str:
        """Return what was typed in a language."""
        return self.cleaned_data.get(column("alt", code)) or ""


class NewPictureForm(PictureForm):
    """The same with the file."""

    file = PictureField()
    made: Made | None = None

    def clean_file(self) -> Any:
        """Draw the picture anew, or say why it cannot be taken."""
        file = self.cleaned_data["file"]
        try:
            self.made = make_sizes(file)
        except BadPicture as error:
            raise ValidationError(str(error)) from error
        same = Picture.objects.filter(digest=self.made.digest).first()
        if same:
            raise ValidationError(
                _("This picture is on the site already: %(picture)s")
                % {"picture": same}
            )
        return file


@admin.register(Picture)
class PictureAdmin(DeskAdmin):
    """Pictures, newest first, with what places each in a text."""

    class Media:
        css = {"all": ["css/desk.css"]}

    list_display = ("__str__", "thumbnail", "mark", "credit", "licence", "added_at")
    search_fields = ("alt_en", "alt_zh_hant", "alt_zh_hans", "credit")
    readonly_fields = ("thumbnail", "mark")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Ask for a file once."""
        kwargs["form"] = PictureForm if obj else NewPictureForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Begin with the file, or with the picture that is there."""
        first = ["thumbnail", "mark"] if obj else ["file"]
        people = {"fields": ["people_agreed"], "description": DANGER}
        return [
            (None, {"fields": [*first, "credit", "licence"]}),
            (_("People in the picture"), people),
            (_("What it shows"), {"fields": ["decorative"]}),
            *in_each_language("alt"),
        ]

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a picture; of two that arrive at once, the first is kept."""
        try:
            return super().add_view(request, *args, **kwargs)
        except IntegrityError:
            messages.info(request, _("This picture is on the site already."))
            return redirect("admin:news_picture_changelist")

    def save_model(
        self, request: HttpRequest, obj: Picture, form: AnyForm, change: bool
    ) -> None:
        """Store the files first: a row whose files are missing would show nothing."""
        made = cast(NewPictureForm, form).made if not change else None
        if made:
            obj.digest, obj.width, obj.height = made.digest, made.width, made.height
            obj.widths = sorted(made.files)
            store(made.digest, made.files)
        super().save_model(request, obj, form, change)
        verb = "changed" if change else "added"
        audit.record(str(request.user), f"picture {verb}", str(obj), obj.digest)

    def delete_model(self, request: HttpRequest, obj: Picture) -> None:
        """Delete a picture and say so in the trail."""
        audit.record(str(request.user), "picture deleted", str(obj), obj.digest)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete several, each with its line in the trail."""
        for picture in queryset:
            self.delete_model(request, picture)

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, picture: Picture) -> str:
        """Show it small."""
        return format_html('<img src="{}" width="160" alt="">', picture.small_src)

    @admin.display(description=gettext_lazy("to place it in a text"))
    def mark(self, picture: Picture) -> str:
        """Show the line to copy."""
        return format_html("<code>{}</code>", picture.mark)
