#!/usr/bin/env python3
"""The offline tool of a key holder: makes keys, opens and checks sealed exports.

Run it on a computer that is not connected to a network. It needs Python 3.11 and
the package `cryptography`; `make desk` packs both this and that into one file.

    desk.py                                 a small window, or a menu without a screen
    desk.py keygen --out holder.key         make a key; print what to publish and keep
    desk.py public --key holder.key         print the public part again
    desk.py recover --out holder.key        make the key file again from the 24 words
    desk.py verify export.jsonl --key holder.key
    desk.py open export.jsonl --key holder.key --out leeds.csv --withdrawn withdrawn.txt

`open` writes leeds.csv and leeds.html for the council and, when there are likely
fakes, leeds.fakes.csv and leeds.quarantine.txt for the key holder and the desk.

It ends with 0 when all went well, 1 for a wrong input, 2 for a wrong command
line, 3 when an export is refused, and 4 when some records did not open.
"""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# The repository is on the path only from here on, hence the late imports.
from desk_command_line import command_line  # noqa: E402
from desk_exports import (  # noqa: E402
    COUNCIL_FIELDS,
    Export,
    Refused,
    opened,
    read_export,
    refuse_unknown_fields,
    refuse_unknown_keys,
)
from desk_fakes import likely_fakes  # noqa: E402
from desk_keys import (  # noqa: E402
    Mistake,
    locked,
    read_key_file,
    unlocked,
    write_new,
)
from desk_lists import (  # noqa: E402
    LABELS,
    as_csv,
    as_html,
    council_table,
    fakes_table,
    whole_table,
)
from desk_words import speak, told  # noqa: E402

from safety.key_pairs import PublicKey, public_key_of  # noqa: E402
from safety.words import from_words, to_words  # noqa: E402


def keygen(options: argparse.Namespace) -> int:
    """Make a new key."""
    return write_key(options, secrets.token_bytes(32))


def recover(options: argparse.Namespace) -> int:
    """Write the key file again from its words."""
    return write_key(options, ask_words(options))


def public(options: argparse.Namespace) -> int:
    """Print the public part of a key file; needs no passphrase."""
    show_public(PublicKey.from_text(read_key_file(options.key).get("public", "")))
    return 0


def verify(options: argparse.Namespace) -> int:
    """Say whether an export is whole, ours and can be opened; write nothing."""
    export = judged(options)
    say("Records: {0}", len(export.records))
    say("SHA-256: {0}", export.sha256)
    say("The file is whole.")
    if not (options.key or options.words):
        return 0
    rows, failures = opened(export.records, ask_seed(options))
    say("Opens with this key: {0}", len(rows))
    return reported(failures)


def open_export(options: argparse.Namespace) -> int:
    """Open an export into the council's list and a list of likely fakes."""
    export = judged(options)
    fields = council_fields(options, export)
    withdrawn, unwanted = read_list(options.withdrawn), read_list(options.leave_out)
    there = [record for record in export.records if record.uuid not in withdrawn]
    kept = [record for record in there if record.uuid not in unwanted]
    rows, failures = opened(kept, ask_seed(options))
    fakes = likely_fakes(rows, export.country)
    files = {
        options.out: as_csv(council_table(rows, fields)),
        options.out.with_suffix(".html"): as_html(export, rows, fields),
    }
    if options.everything:
        files[options.everything] = as_csv(whole_table(rows))
    suspects = options.out.with_suffix(".fakes.csv")
    numbers = options.out.with_suffix(".quarantine.txt")
    if fakes:
        files[suspects] = as_csv(fakes_table(fakes))
        lines = "".join(f"{row['uuid']}\n" for row, _why in fakes)
        files[numbers] = lines.encode()
    write_all_new(files)
    say("Fields for the council: {0}", ", ".join(LABELS[field] for field in fields))
    say("Opened: {0}", len(rows))
    say("Left out because withdrawn: {0}", len(export.records) - len(there))
    say("Left out as you asked: {0}", len(there) - len(kept))
    say("Likely fakes: {0}", len(fakes))
    if fakes:
        say(ABOUT_FAKES, suspects.name, numbers.name)
    return reported(failures)


ABOUT_FAKES = (
    "Read {0}, take the lines of real people out of {1}, then open again with "
    "--leave-out {1}. An organiser quarantines these numbers at the desk."
)


def judged(options: argparse.Namespace) -> Export:
    """Read an export and refuse what is not as announced; say whose it is."""
    export = read_export(options.export)
    if options.sha256 and options.sha256.lower() != export.sha256:
        raise Refused(
            "The export is not the one you were told of: its SHA-256 differs."
        )
    refuse_unknown_keys(export.records, known_keys(options, export))
    say("Petition: {0}", export.petition)
    say("Drawn on: {0}", export.drawn_on)
    return export


def council_fields(options: argparse.Namespace, export: Export) -> tuple[str, ...]:
    """Return the council's fields in its order; only a person may ask for more."""
    if options.fields:
        refuse_unknown_fields(options.fields, LABELS)
        return tuple(options.fields)
    refuse_unknown_fields(export.fields, COUNCIL_FIELDS)
    return export.fields


def reported(failures: Sequence[tuple[str, str]]) -> int:
    """Say which records did not open; return the exit status."""
    for number, reason in failures:
        print(told("Not opened: {0}: {1}", number, reason), file=sys.stderr)
    say("Failed: {0}", len(failures))
    return 4 if failures else 0


def write_all_new(files: dict[Path, bytes]) -> None:
    """Write all files, or none when one is there already."""
    for path in files:
        if path.exists():
            raise Mistake("{0} is there already and is not overwritten.", path)
    for path, content in files.items():
        write_new(path, content)
        say("Written: {0}", path)


def write_key(options: argparse.Namespace, seed: bytes) -> int:
    """Encrypt a seed into a new file, then print the public part and the words."""
    key = public_key_of(seed, options.suite)
    passphrase = ask_passphrase(options, twice=True)
    write_new(options.out, locked(seed, key.to_text(), passphrase).encode())
    show_public(key)
    say("Words to write on paper and keep apart from the file:")
    numbered = [f"{n:2} {word}" for n, word in enumerate(to_words(seed), start=1)]
    for start in range(0, len(numbered), 6):
        print("  " + "   ".join(numbered[start : start + 6]))
    return 0


def show_public(key: PublicKey) -> None:
    """Print what may be published."""
    say("Public key:")
    print(key.to_text())
    say("Key identifier: {0}", key.key_id.hex())
    say("Fingerprint: {0}", key.fingerprint)


def known_keys(options: argparse.Namespace, export: Export) -> frozenset[str]:
    """Return the key identifiers that records may be sealed to.

    A list that the key holder gives counts alone. Without one the header is
    believed, and said aloud, because the header comes from the server.
    """
    if options.known:
        return frozenset(identifier.lower() for identifier in options.known)
    say("Keys named by the export itself; compare them with your own list:")
    for identifier in sorted(export.known_keys):
        print(f"  {identifier}")
    return export.known_keys


def ask_seed(options: argparse.Namespace) -> bytes:
    """Return the private seed, from the words or from the key file."""
    if options.words:
        return ask_words(options)
    return unlocked(options.key, ask_passphrase(options))


def ask_words(options: argparse.Namespace) -> bytes:
    """Return the seed of the words in a file, typed, or piped in."""
    if options.words_file:
        typed = options.words_file.read_text("utf-8")
    elif sys.stdin.isatty():
        typed = getpass.getpass("The 24 words: ")
    else:
        typed = sys.stdin.read()
    try:
        return from_words(typed)
    except ValueError as error:
        raise Mistake("The 24 words are not right: {0}", error) from None


def ask_passphrase(options: argparse.Namespace, twice: bool = False) -> str:
    """Return the passphrase from the window, its file or the keyboard."""
    if options.typed_passphrase:
        return str(options.typed_passphrase)
    if options.passphrase_file:
        return str(options.passphrase_file.read_text("utf-8")).rstrip("\r\n")
    passphrase = getpass.getpass(told("Passphrase") + ": ")
    if twice and getpass.getpass(told("Again") + ": ") != passphrase:
        raise Mistake("The two passphrases differ.")
    return passphrase


def read_list(path: Path | None) -> set[str]:
    """Return the record numbers in a file, or none; raises Mistake for other text."""
    words = path.read_text("utf-8").split() if path else []
    try:
        return {str(uuid.UUID(word)) for word in words}
    except ValueError:
        raise Mistake("{0} holds something that is no record number.", path) from None


def say(sentence: str, *values: object) -> None:
    """Print a sentence in the chosen language."""
    print(told(sentence, *values))


COMMANDS = {
    "keygen": keygen,
    "recover": recover,
    "public": public,
    "open": open_export,
    "verify": verify,
}


def main(arguments: Sequence[str] | None = None, passphrase: str = "") -> int:
    """Run one subcommand and return the exit status; without one, ask what to do."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments:
        from desk_window import begin

        return begin(main)
    options = command_line().parse_args(arguments)
    options.typed_passphrase = passphrase
    speak(options.language)
    try:
        return COMMANDS[options.command](options)
    except Mistake as error:
        print(f"desk.py: {told(error.sentence, *error.values)}", file=sys.stderr)
        return error.status
    except (OSError, ValueError) as error:
        print(f"desk.py: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
