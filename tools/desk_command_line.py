"""The tool's subcommands and their options."""

from __future__ import annotations

import argparse
from pathlib import Path

from desk_words import LANGUAGES


def command_line() -> argparse.ArgumentParser:
    """Describe the subcommands and their options."""
    parser = argparse.ArgumentParser(
        prog="desk.py", description="Keys and sealed exports, offline."
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    _describe_making(commands.add_parser("keygen", help="make a key"))
    recover = commands.add_parser("recover", help="make a key file from words")
    _describe_making(recover)
    recover.add_argument("--words-file", type=Path)
    public = commands.add_parser("public", help="print the public part of a key")
    public.add_argument("--key", type=Path, required=True)
    verify = commands.add_parser("verify", help="say whether an export is whole")
    _describe_reading(verify, is_key_needed=False)
    _describe_opening(commands.add_parser("open", help="open an export into lists"))
    return parser


def _describe_making(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, required=True, help="new key file")
    command.add_argument("--suite", type=int, choices=(0, 1), default=1)
    command.add_argument("--passphrase-file", type=Path)


def _describe_reading(command: argparse.ArgumentParser, *, is_key_needed: bool) -> None:
    command.add_argument("export", type=Path)
    source = command.add_mutually_exclusive_group(required=is_key_needed)
    source.add_argument("--key", type=Path, help="key file")
    source.add_argument("--words", action="store_true", help="type the 24 words")
    command.add_argument("--words-file", type=Path)
    command.add_argument("--passphrase-file", type=Path)
    command.add_argument("--known", nargs="+", metavar="ID", help="key identifiers")
    command.add_argument("--sha256", help="of the export, as the desk showed it")


def _describe_opening(command: argparse.ArgumentParser) -> None:
    _describe_reading(command, is_key_needed=True)
    command.add_argument("--withdrawn", type=Path, help="record numbers to leave out")
    command.add_argument("--leave-out", type=Path, help="more of them: fakes, read")
    command.add_argument(
        "--fields",
        type=lambda text: text.split(","),
        metavar="NAME,…",
        help="the council's fields, in place of what the export says",
    )
    command.add_argument("--out", type=Path, required=True, help="new CSV file")
    command.add_argument(
        "--everything", type=Path, help="new CSV file with all fields, for you alone"
    )
