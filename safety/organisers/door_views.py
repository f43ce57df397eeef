"""Coming in: by passkey, by an enrolment link, by a recovery code, and going out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from safety import audit
from safety.organisers import enrolment, passkeys, sessions
from safety.organisers.doors import for_organisers, where_next
from safety.organisers.forms import PasskeyForm, PasswordForm, RecoveryForm
from safety.organisers.refusals import STRANGER, note_refusal
from safety.organisers.standing import How, may_enter, prove
from safety.organisers.throttle import too_many_challenges, too_many_tries

LINK_NONCE = "desk_link"


@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the door. A password is read only where the desk asks for no passkey."""
    if request.user.is_authenticated and request.user.is_staff:
        if may_enter(request):
            return HttpResponseRedirect(where_next(request))
        return redirect("access:home")
    if settings.DESK_REQUIRE_PASSKEY:
        return door(request, None, 403 if request.method == "POST" else 200)
    form = PasswordForm(request, request.POST or None)
    if request.method == "POST" and may_try(request, form) and form.is_valid():
        sessions.sign_in(request, form.get_user(), How.PASSWORD)
        return HttpResponseRedirect(where_next(request))
    return door(request, form)


def may_try(request: HttpRequest, form: PasswordForm) -> bool:
    """Count the try, before the password is looked at."""
    if not too_many_tries(request, str(form["username"].value() or "")):
        return True
    messages.error(request, _("Too many tries. Wait ten minutes."))
    return False


def door(
    request: HttpRequest, form: PasswordForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the login page."""
    return render(request, "desk/login.html", {"form": form}, status=status)


@require_GET
def login_challenge(request: HttpRequest) -> HttpResponse:
    """Ask any passkey of ours to show itself."""
    if too_many_challenges(request):
        return JsonResponse({}, status=429)
    sessions.begin_for_a_stranger(request)
    return JsonResponse(passkeys.ask_to_show(request))


@require_POST
def log_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Let in the organiser whose passkey was shown."""
    form = PasskeyForm(request.POST)
    try:
        if not form.is_valid():
            raise passkeys.Refused
        passkey = passkeys.shown_by(request, form.cleaned_data["credential"])
    except passkeys.Refused:
        note_refusal(STRANGER, "log-in by passkey refused")
        messages.error(request, _("This passkey was not recognised. Try again."))
        return redirect("admin:login")
    sessions.sign_in(request, passkey.user, How.PASSKEY, passkey.pk)
    return HttpResponseRedirect(where_next(request))


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, token: str) -> HttpResponse:
    """Show whose link this is; let them in to add a passkey when they press on."""
    organiser = enrolment.read_token(token)
    if organiser is None:
        return render(request, "desk/link_dead.html", status=404)
    if request.method != "POST":
        return render(request, "desk/enrol.html", {"organiser": organiser})
    sessions.sign_in(request, organiser.user, How.LINK)
    request.session[LINK_NONCE] = organiser.link_nonce
    return redirect("access:add")


@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Let in by a printed code whoever lost a passkey, to add another and no more."""
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = owner_of_code(request, **form.cleaned_data)
        if user is not None:
            sessions.sign_in(request, user, How.CODE)
            return redirect("access:add")
        form.add_error(None, _("Name and code do not fit, or were tried too often."))
    return render(request, "desk/recover.html", {"form": form})


def owner_of_code(request: HttpRequest, username: str, code: str) -> object | None:
    """Return the organiser whose code it is, and use it up; else None."""
    if too_many_tries(request, username):
        return None
    accounts = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    user = accounts.filter(username=username).first()
    if user is None:
        return None
    with transaction.atomic():
        if not passkeys.use_code(user, code):
            note_refusal(user.get_username(), "recovery code refused")
            return None
        audit.record(user.get_username(), "recovery code used")
    return user


@for_organisers
@require_GET
def show_challenge(request: HttpRequest) -> HttpResponse:
    """Ask this organiser's passkeys to show themselves."""
    return JsonResponse(passkeys.ask_to_show(request, request.user))


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def prove_again(request: HttpRequest) -> HttpResponse:
    """Take note of a passkey that is shown again, then go on."""
    form = PasskeyForm(request.POST or None)
    if request.method == "POST":
        try:
            if not form.is_valid():
                raise passkeys.Refused
            credential = form.cleaned_data["credential"]
            passkey = passkeys.shown_by(request, credential, request.user)
        except passkeys.Refused:
            messages.error(request, _("This passkey was not recognised. Try again."))
        else:
            prove(request, How.PASSKEY, passkey.pk)
            return HttpResponseRedirect(where_next(request))
    return render(request, "desk/prove.html", {"next": request.GET.get("next", "")})


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session, whatever it may do, and have the browser forget the desk."""
    logout(request)
    response = redirect("admin:login")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
