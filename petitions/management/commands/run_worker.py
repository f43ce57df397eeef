from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from petitions.posting import post_links, post_received
from petitions.purging import purge
from safety.worker_steps import take_idle_steps, take_steps

PURGE_EVERY_SECONDS = 3_600
IDLE_WORK_EVERY_SECONDS = 60
IDLE_SECONDS = 1.0


class Command(BaseCommand):
    help = "Send waiting mails and delete what is due, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="work through what waits, then stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal asks to stop; a row in hand is finished first."""
        self.is_stopping = False
        self.purge_due = self.idle_work_due = 0.0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self.is_stopping:
            did_something = self.work()
            if options["once"] and not did_something:
                return
            if not did_something:
                time.sleep(IDLE_SECONDS)

    def stop(self, *args: object) -> None:
        """Leave the loop after the row in hand."""
        self.is_stopping = True

    def work(self) -> bool:
        """Do one round; tell whether there was anything to do."""
        close_old_connections()
        try:
            if time.monotonic() >= self.purge_due:
                purge()
                self.purge_due = time.monotonic() + PURGE_EVERY_SECONDS
            signing = {**post_received(), **post_links()}
            done = {**signing, **take_steps(is_busy=bool(signing))}
        except (OperationalError, InterfaceError):
            self.stderr.write("The database does not answer; trying again.")
            return False
        done.pop("relay down", None)
        if not done:
            self.use_the_quiet()
        if done:
            self.stdout.write(", ".join(f"{what}: {n}" for what, n in done.items()))
        return bool(done)

    def use_the_quiet(self) -> None:
        """While no mail waits, do a little of what may wait; look again soon."""
        if time.monotonic() < self.idle_work_due:
            return
        if not take_idle_steps():
            self.idle_work_due = time.monotonic() + IDLE_WORK_EVERY_SECONDS
