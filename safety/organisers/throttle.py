"""How often something may be tried for one account, and from one network.

Passkeys are never throttled per account: nobody can lock their owner out.
"""

from __future__ import annotations

from django.http import HttpRequest

from safety.throttling import Limit, is_over, is_over_for

PER_ACCOUNT = Limit("desk-account", 10, 600)
PER_NETWORK = Limit("desk-network", 60, 600)
CHALLENGES = Limit("desk-challenges", 120, 600)


def too_many_tries(request: HttpRequest, account: str) -> bool:
    """Count a password or a code that is tried; tell whether it was one too many."""
    over = is_over(request, PER_NETWORK)
    return is_over_for(account.strip().casefold(), PER_ACCOUNT) or over


def too_many_challenges(request: HttpRequest) -> bool:
    """Count a stranger's wish to log in, which costs a row of the session table."""
    return is_over(request, CHALLENGES)
