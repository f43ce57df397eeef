"""Brings the record's files into the database: read, plan, then save at one stroke."""

from cities.loading.files import BadRow
from cities.loading.plan import plan_record
from cities.loading.saving import Counts, save_plan

__all__ = ["BadRow", "Counts", "plan_record", "save_plan"]
