"""What organisers can turn on in an emergency; it takes effect within seconds.

Each process remembers the answer, so that asking costs a signer nothing.
"""

from __future__ import annotations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from safety import audit
from safety.remembered import Remembered

SECONDS = 3.0
# While under attack a network may do this share of what it may do otherwise.
UNDER_ATTACK_SHARE = 0.2


class Switch(models.Model):
    """One switch that was used before; what has no row is off."""

    class Name(models.TextChoices):
        STOP_COLLECTING = "stop_collecting", _("Stop collecting")
        READ_ONLY = "read_only", _("Read-only")
        UNDER_ATTACK = "under_attack", _("Under attack")

    name = models.CharField(_("switch"), max_length=20, choices=Name, unique=True)
    is_on = models.BooleanField(_("on"), default=False)

    class Meta:
        verbose_name = _("switch")
        verbose_name_plural = _("switches")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(self.get_name_display())


Name = Switch.Name


def switches_on() -> frozenset[str]:
    """Return the names of the switches that are on; at most some seconds old."""
    return _known()


def is_collecting() -> bool:
    """Tell whether signatures are taken at all."""
    return not _known() & {Name.STOP_COLLECTING, Name.READ_ONLY}


def is_read_only() -> bool:
    """Tell whether the public may write nothing."""
    return Name.READ_ONLY in _known()


def throttle_share() -> float:
    """Return what share of the usual a network may do just now."""
    return UNDER_ATTACK_SHARE if Name.UNDER_ATTACK in _known() else 1.0


def turn(name: str, is_on: bool, actor: str) -> None:
    """Turn a switch on or off, with its line in the audit trail."""
    with transaction.atomic():
        Switch.objects.update_or_create(name=name, defaults={"is_on": is_on})
        audit.record(actor, f"switch turned {'on' if is_on else 'off'}", name)
    forget_switches()


def forget_switches() -> None:
    """Ask the database again at the next use, in this process."""
    _known.forget()


def _read() -> frozenset[str]:
    rows = Switch.objects.filter(is_on=True)
    return frozenset(rows.values_list("name", flat=True))


_known = Remembered(_read, SECONDS)
