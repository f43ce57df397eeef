"""From a backup on a bare machine: nobody is lost, nobody who withdrew comes back."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys

import pytest

from safety.key_pairs import public_key_of
from safety.words import to_words
from tests.conftest import council_data, counted_data
from tests.drills.sites import ROOT, Site, link_in

SIGNERS = 12
LATER = {"DRILL_LATER": str(3 * 86_400)}
FIGURES = "SELECT slug, supporters, council_valid FROM petitions_petition ORDER BY slug"
CONFIRMED = "SELECT uuid FROM petitions_signature WHERE state = 'confirmed'"


def sign_and_confirm(site, relay):
    """Let some sign for the council, some to be counted; two never confirm."""
    for number in range(SIGNERS):
        data = council_data() if number % 3 else counted_data()
        data["email"] = f"signer.{number}@example.org"
        site.post("/en/petitions/leeds/sign", data)
    links = {mail["To"]: link_in(mail) for mail in relay.wait_for(SIGNERS)}
    for number in range(SIGNERS - 2):
        site.post(links[f"signer.{number}@example.org"], {"action": "confirm"})
    return links


def withdraw_some(site, links):
    for number in (0, 1, 2):
        site.post(links[f"signer.{number}@example.org"], {"action": "withdraw"})


def restored(site, backup, folder, **environment):
    """Make the site again elsewhere, in the order of `docs/deploy.md`; web is not up."""
    bare = Site(folder, site.databases, f"{site.name}-restored")
    bare.databases.restore(backup, bare.name)
    shutil.copy(site.folder / "keys" / "withdrawn.txt", folder / "withdrawn.txt")
    bare.manage("migrate", "-v0")
    bare.manage("replay_withdrawals", folder / "withdrawn.txt", **environment)
    bare.manage("purge", **environment)
    assert bare.manage("recount", **environment) == "All counters agree.\n"
    return bare


def opened(site, seed, folder):
    """Open the site's export with the offline tool and one key; return the names."""
    export, words, out = (folder / name for name in ("export", "words", "out.csv"))
    site.manage("export_sealed", "leeds", "--out", export, "--reason", "drill")
    words.write_text(" ".join(to_words(seed)), "utf-8")
    for written in folder.glob("out*"):
        written.unlink()
    command = [sys.executable, ROOT / "tools" / "desk.py", "open", export, "--words"]
    command += ["--words-file", words, "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    export.unlink()
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8-sig") as file:
        return [row["Name"] for row in csv.DictReader(file)]


@pytest.mark.drill(
    "restore",
    "counts equal, withdrawals replayed, purged first, 100 % of records open with either key",
)
@pytest.mark.long
def test_a_site_restored_elsewhere_is_the_same(site, relay, seeds, tmp_path, found):
    # The folder is named after the test: a check refuses day keys in one for backups.
    site.start()
    links = sign_and_confirm(site, relay)
    backup = tmp_path / "backup"
    site.databases.dump(site.name, backup)
    withdraw_some(site, links)
    site.stop()
    site.manage("purge", **LATER)
    bare = restored(site, backup, tmp_path / "bare", **LATER)
    counts = [other.rows(FIGURES) for other in (site, bare)]
    rows = [sorted(other.rows(CONFIRMED)) for other in (site, bare)]
    waiting = bare.number(
        "SELECT count(*) FROM petitions_signature WHERE state = 'pending'"
    )
    sealed = bare.number(
        "SELECT count(*) FROM petitions_signature WHERE sealed IS NOT NULL"
    )
    names = [opened(bare, seed, tmp_path) for seed in seeds]
    found(
        f"{len(rows[1])} of {len(rows[0])} confirmed, 3 withdrawn, {waiting} overdue left; "
        f"{sealed} sealed, {' and '.join(str(len(n)) for n in names)} opened"
    )
    assert counts[0] == counts[1]
    assert rows[0] == rows[1]
    assert (len(rows[1]), waiting, sealed) == (SIGNERS - 2 - 3, 0, 4)
    assert names == [[council_data()["name"]] * sealed] * 2


def test_the_seeds_of_this_drill_are_two_keys(seeds):
    assert len({public_key_of(seed).key_id for seed in seeds}) == 2
