"""What rows that came from the record's files remember about it."""

from __future__ import annotations

from django.db import models


class FromRecord(models.Model):
    """A row that `load_record` may renew until an organiser has edited it.

    `record_digest` is the digest of the values as loaded; when the row's present
    values no longer give it, somebody edited them, and the loader leaves them be.
    """

    record_key = models.CharField(
        max_length=200, unique=True, null=True, blank=True, editable=False
    )
    record_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True
