"""Reads e-mail addresses: which are usable, and which are the same mailbox."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from safety.models import MailDomain
from safety.remembered import Remembered

LONGEST_ADDRESS = 254
_is_email = EmailValidator(allowlist=[])


@dataclass(frozen=True)
class Rule:
    """What organisers recorded about one mail domain."""

    canonical: str
    strip_plus: bool
    strip_dots: bool
    in_mainland_china: bool
    disposable: bool


def clean_address(address: str) -> str:
    """Return the address that mail is sent to; raises ValidationError.

    Full-width characters are folded, and the domain is lower-case ASCII
    (`xn--`). Accepted is what Django's form field accepts and internationalised
    domains; not accepted are control characters, more than 254 characters, bare
    host names and numeric addresses.
    """
    if len(address) > LONGEST_ADDRESS:
        raise _invalid()
    folded = unicodedata.normalize("NFKC", address).strip(" ")
    local, _at, domain = folded.rpartition("@")
    if "[" in domain or not local.isascii() or _has_controls(folded):
        raise _invalid()
    cleaned = f"{local}@{_ascii_domain(domain)}"
    try:
        _is_email(cleaned)
    except ValidationError:
        # Django's own error would carry the address along.
        raise _invalid() from None
    if len(cleaned) > LONGEST_ADDRESS:
        raise _invalid()
    return cleaned


def is_valid(address: str) -> bool:
    """Say whether mail can be sent to the address as typed."""
    try:
        clean_address(address)
    except ValidationError:
        return False
    return True


def normalise(address: str) -> str:
    """Return one form for all spellings of one mailbox, to compare and never to mail.

    The `+tag`, the dots and alias domains are folded only for domains in the
    organisers' table; elsewhere they may be somebody else's mailbox. Raises
    ValidationError for an unusable address.
    """
    local, _at, domain = clean_address(address).rpartition("@")
    local = local.casefold()
    rule = rules().get(domain)
    if rule is None:
        return f"{local}@{domain}"
    if rule.strip_plus:
        local = local.partition("+")[0] or local
    if rule.strip_dots:
        local = local.replace(".", "") or local
    return f"{local}@{rule.canonical or domain}"


def is_in_mainland_china(address: str) -> bool:
    """Say whether a cleaned address's provider, or a domain above it, is listed."""
    return any(rule.in_mainland_china for rule in _rules_above(address))


def is_disposable(address: str) -> bool:
    """Say whether a cleaned address's provider is listed as giving throw-aways."""
    return any(rule.disposable for rule in _rules_above(address))


def _invalid() -> ValidationError:
    return ValidationError(_("Enter a valid e-mail address."), code="invalid")


def _has_controls(text: str) -> bool:
    """Say whether the text holds spaces, line breaks or anything unprintable."""
    return " " in text or not text.isprintable()


def _ascii_domain(domain: str) -> str:
    """Return the domain in lower-case ASCII; raises ValidationError."""
    if domain.isascii():
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise _invalid() from None


def _rules_above(address: str) -> list[Rule]:
    domain = address.rpartition("@")[2].lower()
    labels = domain.split(".")
    names = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    known = rules()
    return [known[name] for name in names if name in known]


def _read_rules() -> dict[str, Rule]:
    return {
        row.domain: Rule(
            row.canonical,
            row.strip_plus,
            row.strip_dots,
            row.in_mainland_china,
            row.disposable,
        )
        for row in MailDomain.objects.all()
    }


# Signing must not cost a query for the organisers' table.
rules = Remembered(_read_rules, seconds=60)
