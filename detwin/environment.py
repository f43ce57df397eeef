"""Reads the environment the way people write it."""

from __future__ import annotations

from environ import FileAwareEnv
from environ.fileaware_mapping import FileAwareMapping


class WrittenByPeople(FileAwareMapping):  # type: ignore[misc]
    """The environment, in which an empty value is none, and space around one is not it.

    So `DATABASE_URL=` means the default, and a secret's file may end with a line end.
    """

    def __getitem__(self, key: str) -> str:
        value = str(super().__getitem__(key)).strip()
        if not value:
            raise KeyError(key)
        return value


class Environment(FileAwareEnv):  # type: ignore[misc]
    """Settings from variables, or from files named by variables ending in `_FILE`."""

    ENVIRON = WrittenByPeople()
