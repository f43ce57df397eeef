"""Markdown becomes text that a mail can carry: nothing hidden, nothing that runs."""

from __future__ import annotations

import pytest

from news.plain_text import plain_text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 標題\n\nOne **two** *three*.", "標題\n\nOne two three."),
        ("a [link](https://e.org/?a=1&b=2)", "a link (https://e.org/?a=1&b=2)"),
        ("<https://e.org/>", "https://e.org/"),
        ("<a@e.org>", "a@e.org"),
        (
            "[Leeds](/en/cities/leeds/)",
            "Leeds (http://testserver/en/cities/leeds/)",
        ),
        ("- one\n- two\n    - three\n\nend", "- one\n- two\n  - three\n\nend"),
        ("3. one\n\n4. two", "3. one\n4. two"),
        ("> said\n> so", "> said\n> so"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("one\\\ntwo", "one\\\ntwo"),
        ("**「重要」**", "「重要」"),
        ("", ""),
    ],
)
def test_what_is_said_stays(source, expected):
    assert plain_text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[x](javascript:alert(1))", "x"),
        ("[x](//evil.example/)", "x"),
        ("![a map](https://evil.example/p.png)", "a map"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ],
)
def test_nothing_leads_where_a_reader_cannot_see(source, expected):
    assert plain_text(source) == expected


def test_a_megabyte_is_read_in_reasonable_time():
    assert (
        plain_text("a *b* [c](https://e.org/)\n\n" * 5_000).count("(https://") == 5_000
    )
