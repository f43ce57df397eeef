#!/usr/bin/env python3
"""The offline tool of a key holder: makes keys and opens sealed exports.

Run it on a computer that is not connected to a network. It needs Python 3.11,
the package `cryptography` and this repository, and nothing else.

    desk.py keygen --out holder.key         make a key; print what to publish and keep
    desk.py public --key holder.key         print the public part again
    desk.py open export.jsonl --key holder.key --out signers.csv
    desk.py recover --out holder.key        make the key file again from the 24 words

It ends with 0 when all went well, 1 for a wrong input, 2 for a wrong command
line, 3 when an export is refused, and 4 when some records did not open.
"""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# The repository is on the path only from here on, hence the late imports.
from desk_exports import (  # noqa: E402
    Export,
    as_csv,
    opened,
    read_export,
    refuse_unknown_keys,
)
from desk_keys import (  # noqa: E402
    Mistake,
    locked,
    read_key_file,
    unlocked,
    write_new,
)

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


def open_export(options: argparse.Namespace) -> int:
    """Open all records of an export into a new CSV file."""
    export = read_export(options.export)
    refuse_unknown_keys(export.records, known_keys(options, export))
    withdrawn = read_list(options.withdrawn)
    kept = [record for record in export.records if record.uuid not in withdrawn]
    rows, failures = opened(kept, ask_seed(options))
    write_new(options.out, as_csv(rows))
    for uuid, reason in failures:
        print(f"Not opened: {uuid}: {reason}", file=sys.stderr)
    print(f"Petition: {export.petition}")
    print(f"Opened: {len(rows)}")
    print(f"Left out because withdrawn: {len(export.records) - len(kept)}")
    print(f"Failed: {len(failures)}")
    return 4 if failures else 0


def write_key(options: argparse.Namespace, seed: bytes) -> int:
    """Encrypt a seed into a new file, then print the public part and the words."""
    key = public_key_of(seed, options.suite)
    passphrase = ask_passphrase(options, twice=True)
    write_new(options.out, locked(seed, key.to_text(), passphrase).encode())
    show_public(key)
    print("Words to write on paper and keep apart from the file:")
    numbered = [f"{n:2} {word}" for n, word in enumerate(to_words(seed), start=1)]
    for start in range(0, len(numbered), 6):
        print("  " + "   ".join(numbered[start : start + 6]))
    return 0


def show_public(key: PublicKey) -> None:
    """Print what may be published."""
    print(f"Public key:\n{key.to_text()}")
    print(f"Key identifier: {key.key_id.hex()}")
    print(f"Fingerprint: {key.fingerprint}")


def known_keys(options: argparse.Namespace, export: Export) -> frozenset[str]:
    """Return the key identifiers that records may be sealed to.

    A list that the key holder gives counts alone. Without one the header is
    believed, and said aloud, because the header comes from the server.
    """
    if options.known:
        return frozenset(identifier.lower() for identifier in options.known)
    print("Keys named by the export itself; compare them with your own list:")
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
        return from_words(options.words_file.read_text("utf-8"))
    if sys.stdin.isatty():
        return from_words(getpass.getpass("The 24 words: "))
    return from_words(sys.stdin.read())


def ask_passphrase(options: argparse.Namespace, twice: bool = False) -> str:
    """Return the passphrase from its file or from the keyboard."""
    if options.passphrase_file:
        return str(options.passphrase_file.read_text("utf-8")).rstrip("\r\n")
    passphrase = getpass.getpass("Passphrase: ")
    if twice and getpass.getpass("Again: ") != passphrase:
        raise Mistake("The two passphrases differ.")
    return passphrase


def read_list(path: Path | None) -> set[str]:
    """Return the record numbers in a file, or none."""
    return set(path.read_text("utf-8").lower().split()) if path else set()


def command_line() -> argparse.ArgumentParser:
    """Describe the subcommands and their options."""
    parser = argparse.ArgumentParser(
        prog="desk.py", description="Keys and sealed exports, offline."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for run, text in ((keygen, "make a key"), (recover, "make a key file from words")):
        command = commands.add_parser(run.__name__, help=text)
        command.add_argument("--out", type=Path, required=True, help="new key file")
        command.add_argument("--suite", type=int, choices=(0, 1), default=1)
        command.add_argument("--passphrase-file", type=Path)
        command.set_defaults(run=run)
        if run is recover:
            command.add_argument("--words-file", type=Path)
    command = commands.add_parser("public", help="print the public part of a key")
    command.add_argument("--key", type=Path, required=True)
    command.set_defaults(run=public)
    describe_open(commands.add_parser("open", help="open an export into a CSV file"))
    return parser


def describe_open(command: argparse.ArgumentParser) -> None:
    """Describe the options of `open`."""
    command.add_argument("export", type=Path)
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--key", type=Path, help="key file")
    source.add_argument("--words", action="store_true", help="type the 24 words")
    command.add_argument("--words-file", type=Path)
    command.add_argument("--passphrase-file", type=Path)
    command.add_argument("--known", nargs="+", metavar="ID", help="key identifiers")
    command.add_argument("--withdrawn", type=Path, help="record numbers to leave out")
    command.add_argument("--out", type=Path, required=True, help="new CSV file")
    command.set_defaults(run=open_export)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return the exit status."""
    options = command_line().parse_args(arguments)
    try:
        return int(options.run(options))
    except (Mistake, OSError, ValueError) as error:
        print(f"desk.py: {error}", file=sys.stderr)
        return error.status if isinstance(error, Mistake) else 1


if __name__ == "__main__":
    sys.exit(main())
