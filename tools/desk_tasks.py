"""The three things a key holder does, asked for without a command line.

A task asks for files and a passphrase and returns the arguments that do the same
on a command line, so that the window can show them and nothing is done twice.
"""

from __future__ import annotations

import contextlib
import getpass
import io
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desk_keys import SHORTEST_PASSPHRASE
from desk_words import spoken, told

Main = Callable[[Sequence[str], str], int]

WITHDRAWN = "Signatures withdrawn since (withdrawn.txt); cancel if you have none"
KNOWN = "Key identifiers that you know, with spaces; empty to believe the list"


class Cancelled(Exception):
    """The person changed their mind."""


class Asker(Protocol):
    """Whoever asks: the window, the menu, or a test."""

    def ask_file(self, sentence: str) -> str: ...
    def ask_new_file(self, sentence: str, name: str) -> str: ...
    def ask_text(self, sentence: str) -> str: ...
    def ask_passphrase(self, *, twice: bool) -> str: ...


@dataclass(frozen=True)
class Order:
    """What to run: arguments that anybody may see, and the passphrase apart."""

    arguments: tuple[str, ...]
    passphrase: str

    @property
    def command(self) -> str:
        """Return the command line that does the same and asks for the passphrase."""
        return "python3 desk.py " + shlex.join(self.arguments)


def make_a_key(asker: Asker) -> Order:
    """Ask where the new key goes."""
    out = needed(asker.ask_new_file("Where to keep the new key file", "holder.key"))
    passphrase = needed(asker.ask_passphrase(twice=True))
    return ordered(passphrase, "keygen", "--out", out)


def open_a_list(asker: Asker) -> Order:
    """Ask for the list, the key, what was withdrawn and where to write."""
    export = needed(asker.ask_file("The sealed list from the site"))
    key = needed(asker.ask_file("Your key file"))
    withdrawn = asker.ask_file(WITHDRAWN)
    known = asker.ask_text(KNOWN).split()
    name = Path(export).with_suffix(".csv").name
    out = needed(asker.ask_new_file("Where to write the opened list", name))
    passphrase = needed(asker.ask_passphrase(twice=False))
    more = ["--withdrawn", withdrawn] if withdrawn else []
    more += ["--known", *known] if known else []
    return ordered(passphrase, "open", export, "--key", key, "--out", out, *more)


def check_a_list(asker: Asker) -> Order:
    """Ask for the list and the key."""
    export = needed(asker.ask_file("The sealed list from the site"))
    key = needed(asker.ask_file("Your key file"))
    known = asker.ask_text(KNOWN).split()
    passphrase = needed(asker.ask_passphrase(twice=False))
    more = ["--known", *known] if known else []
    return ordered(passphrase, "verify", export, "--key", key, *more)


TASKS: tuple[tuple[str, str, Callable[[Asker], Order]], ...] = (
    ("Make a key", "Once, when you become a key holder.", make_a_key),
    (
        "Open a list",
        "Makes the council's list and names likely fakes.",
        open_a_list,
    ),
    ("Check a list", "Says whether a list is whole; writes nothing.", check_a_list),
)


def needed(answer: str) -> str:
    """Return an answer; without one the task is off."""
    if not answer:
        raise Cancelled
    return answer


def ordered(passphrase: str, *arguments: str) -> Order:
    """Return an order in the chosen language."""
    return Order(("--language", spoken(), *arguments), passphrase)


def carried_out(main: Main, order: Order) -> tuple[int, str]:
    """Run an order; return its exit status and all that it said."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(order.arguments, order.passphrase)
    return status, said.getvalue()


class Menu:
    """Asks on a terminal, where there is no window."""

    def ask_file(self, sentence: str) -> str:
        print(told(sentence))
        return input(told("File: ")).strip()

    def ask_new_file(self, sentence: str, name: str) -> str:
        print(told(sentence), f"({name})")
        return input(told("File: ")).strip() or name

    def ask_text(self, sentence: str) -> str:
        return input(told(sentence) + ": ")

    def ask_passphrase(self, *, twice: bool) -> str:
        print(
            told("At least {0} characters. Nobody can reset it.", SHORTEST_PASSPHRASE)
        )
        passphrase = getpass.getpass(told("Passphrase") + ": ")
        if twice and getpass.getpass(told("Again") + ": ") != passphrase:
            print(told("The two passphrases differ."))
            return ""
        return passphrase


def menu(main: Main) -> int:
    """Offer the tasks by number until the person leaves."""
    while True:
        print("\n" + told("This computer should not be connected to any network."))
        for number, (label, about, _task) in enumerate(TASKS, start=1):
            print(f"  {number}  {told(label)}: {told(about)}")
        print(f"  0  {told('Leave')}")
        choice = input(told("Number: ")).strip()
        if choice == "0":
            return 0
        if choice in {"1", "2", "3"}:
            do_one(main, TASKS[int(choice) - 1][2])


def do_one(main: Main, task: Callable[[Asker], Order]) -> None:
    """Ask for one task, show its command and do it."""
    try:
        order = task(Menu())
    except Cancelled:
        print(told("Cancelled. Nothing was written."))
        return
    print(told("The same as a command:"), order.command)
    status = main(order.arguments, order.passphrase)
    print(told("Not done.") if status else told("Done."))
