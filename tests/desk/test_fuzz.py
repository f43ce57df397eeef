"""Anything at all, posted to a form of the desk: never a failure of ours.

`make drills` does the same with 2,000 examples for each form.
"""

from __future__ import annotations

import pytest

from petitions.opening import load_templates
from tests.desk.fuzzing import every_form, post_to_each
from tests.safety.organisers.conftest import cities, make_account

__all__ = ["cities"]
EXAMPLES = 15


@pytest.fixture
def all_forms(cities, django_user_model):
    """Every form of the desk, for somebody who may do everything."""
    load_templates()
    make_account("zoe", "Stall")
    return every_form(django_user_model.objects.create_superuser("ada", password="x"))


def test_no_form_of_the_desk_fails(all_forms):
    taken = post_to_each(all_forms, EXAMPLES)
    assert len(all_forms) > 25
    # What is posted unchanged is mostly right, so that saving is tried as well.
    assert len([name for name, number in taken.items() if number]) > 15
