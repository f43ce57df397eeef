"""CSV back into the record: a plan row by row, and what cannot be read."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.management import call_command
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cities.csv_cells import as_csv, guarded, unguarded
from cities.importing import KINDS, Moved, Unreadable, apply_plan, make_plan
from cities.importing.cells import is_formula
from cities.importing.kinds import Known
from cities.models import RecordCorrection, StatusEvent, Twinning
from tests.conftest import make_place, twin

TIES, EVENTS = KINDS["twinnings"], KINDS["status-events"]
BOTH = [TIES, EVENTS]
WHY = {"why_en": "The minutes say so.", "why_zh_hant": "", "why_zh_hans": ""}


def export(kind):
    return as_csv(kind.columns, kind.rows(Known.load()))


def table(kind):
    return list(csv.DictReader(io.StringIO(export(kind), newline="")))


def as_bytes(kind, rows, **options):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, kind.columns, **options)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def plan_of(kind, rows):
    return make_plan(kind, as_bytes(kind, rows))


def problems(kind, rows):
    """Return line and complaint of every bad row."""
    plan = plan_of(kind, rows)
    return [(row.line, " ".join(row.problems)) for row in plan.rows if row.problems]


def apply(kind, rows, why=WHY):
    content = as_bytes(kind, rows)
    digest = make_plan(kind, content).digest
    return apply_plan(kind, content, digest, why, "organiser")


@pytest.fixture
def record(leeds, newcastle):
    """Two ties with an event each: Leeds–Hangzhou, Newcastle–Taiyuan."""
    return leeds, newcastle


# --- There and back ----------------------------------------------------------
@pytest.mark.parametrize("kind", BOTH, ids=lambda kind: kind.name)
def test_the_whole_record_goes_out_and_comes_back_unchanged(db, kind):
    call_command("load_record", verbosity=0)
    plan = make_plan(kind, export(kind).encode())
    assert plan.counts["unchanged"] == kind.model.objects.count() > 600
    assert not plan.acting


@pytest.mark.parametrize("kind", BOTH, ids=lambda kind: kind.name)
def test_the_public_file_comes_back_unchanged_but_for_the_cell_changed(
    client, record, kind
):
    content = client.get(f"/data/{kind.name}.csv").content
    assert make_plan(kind, content).counts["unchanged"] == kind.model.objects.count()
    column = "established_on" if kind is TIES else "source_title"
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    rows[0][column] = "1901" if kind is TIES else "Minutes of the council"
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    plan = make_plan(kind, stream.getvalue().encode())
    [row] = plan.acting
    assert [difference.column for difference in row.differences] == [column]
    assert not plan.counts["wrong"]


MUTATIONS = {
    "twinnings": {"kind": "friendship", "established_on": "1989-03"},
    "status-events": {
        "status": "suspended",
        "happened_on": "2021-05",
        "sequence": "7",
        "date_inferred": "true",
        "summary_en": "Other words.",
        "summary_zh_hant": "另一說法。",
        "summary_zh_hans": "另一种说法。",
        "source_title": "=Minutes",
        "source_url": "https://example.org/other",
        "source_kind": "mirror",
        "archived_url": "https://example.org/archive",
        "checked_on": "2022-02-02",
    },
}
CELLS = [(name, column) for name in MUTATIONS for column in MUTATIONS[name]]


@pytest.mark.parametrize(("name", "column"), CELLS)
def test_one_cell_changes_exactly_that(record, name, column):
    kind, new = KINDS[name], MUTATIONS[name][column]
    before = table(kind)
    changed = [dict(row) for row in before]
    changed[1][column] = guarded(new)
    plan = plan_of(kind, changed)
    assert [(row.line, len(row.differences)) for row in plan.acting] == [(3, 1)]
    apply(kind, changed)
    after = table(kind)
    expected = [dict(row) for row in before]
    expected[1][column] = guarded(new)
    follows = set(kind.columns) - set(kind.editable)
    for row in (*after, *expected):
        for name in follows - {"id", "place", "chinese_place"}:
            row.pop(name)
    assert after == expected


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_text_of_an_organiser_comes_back_as_it_was(record, text):
    StatusEvent.objects.update(summary_en=text, source_title=text or "x")
    plan = make_plan(EVENTS, export(EVENTS).encode())
    blank = not (text or "x").strip()
    assert plan.counts["changed"] == 0
    assert bool(plan.counts["wrong"]) == blank


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_of_the_export_is_a_formula_and_each_comes_back(text):
    assert not is_formula(guarded(text))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("kind", BOTH, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\r\n", "\n"),
        lambda text: text.replace("\r\n", "\r"),
        lambda text: text + "\r\n,,,\r\n",
        lambda text: text.replace("true", "TRUE").replace("false", "FALSE"),
    ],
    ids=["bom", "lf", "cr", "empty lines", "capitals"],
)
def test_what_a_spreadsheet_does_changes_nothing(record, kind, change):
    plan = make_plan(kind, change(export(kind)).encode())
    assert plan.counts == {"added": 0, "changed": 0, "unchanged": 2, "wrong": 0}


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("kind", BOTH, ids=lambda kind: kind.name)
def test_semicolons_and_tabs_are_accepted(record, kind, delimiter):
    content = as_bytes(kind, table(kind), delimiter=delimiter)
    assert make_plan(kind, content).counts["unchanged"] == 2


def test_columns_may_stand_in_any_order(record):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(reversed(TIES.columns)))
    writer.writeheader()
    writer.writerows(table(TIES))
    assert make_plan(TIES, stream.getvalue().encode()).counts["unchanged"] == 2


FURTHER = {"twinnings": ["changed_sometime_in", "id"], "status-events": ["recorded_on"]}


@pytest.mark.parametrize("kind", BOTH, ids=lambda kind: kind.name)
def test_what_only_the_public_file_has_may_stay_in_it(record, kind):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, [*kind.columns, *FURTHER[kind.name]], restval="")
    writer.writeheader()
    writer.writerows(table(kind))
    assert make_plan(kind, stream.getvalue().encode()).counts["unchanged"] == 2


# --- Files that cannot be read -----------------------------------------------
def told(content, language="en"):
    with override(language), pytest.raises(Unreadable) as caught:
        make_plan(TIES, content)
    return str(caught.value)


HEADER = ",".join(TIES.columns)
UNREADABLE = {
    "empty": (b"", "The file is empty."),
    "blank": (b" \r\n ", "The file is empty."),
    "header alone": (HEADER.encode(), "The file has a header and no rows."),
    "nul": (HEADER.encode() + b"\n\0", "Line 2 holds a NUL byte"),
    "utf-16": (HEADER.encode("utf-16"), "UTF-16"),
    "big5": (
        HEADER.encode() + "\n列斯議會".encode("big5"),
        "Line 2 is not UTF-8; the file looks like Big5.",
    ),
    "gbk": (HEADER.encode() + "\n简体中文谢".encode("gb18030"), "Line 2 is not UTF-8"),
    "cp1252": (
        HEADER.encode() + "\nZürich".encode("cp1252"),
        "looks like Windows-1252",
    ),
    "missing": (HEADER.replace(",kind", "").encode() + b"\n", "Missing columns: kind."),
    "unknown": (f"{HEADER},note\n".encode(), "Unknown columns: note."),
    "repeated": (f"{HEADER},kind\n".encode(), "Repeated columns: kind."),
    "workbook": (b"PK\x03\x04\x14\0", "This is a workbook."),
    "too many rows": ((f"{HEADER}\n" + "1,2\n" * 8_000).encode(), "7000 rows"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "holds a NUL byte"),
    "open quote": (f'{HEADER}\n"leeds'.encode(), "Line 2:"),
    "huge cell": (f"{HEADER}\n{'x' * 200_000}".encode(), "Line 2:"),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_a_file_that_cannot_be_read_says_why(record, what):
    content, reason = UNREADABLE[what]
    assert reason in told(content)


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
@pytest.mark.parametrize("what", UNREADABLE)
def test_it_says_so_in_the_desks_language(record, what, language):
    said = told(UNREADABLE[what][0], language)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said)


# --- Rows that are wrong -----------------------------------------------------
def changed(kind, /, **cells):
    """Return the exported rows with cells of the first one changed."""
    rows = table(kind)
    rows[0] |= cells
    return rows


def added(**cells):
    """Return the exported events and a new one of Leeds and Hangzhou."""
    values = {
        "place": "leeds",
        "chinese_place": "hangzhou",
        "status": "ended",
        "happened_on": "2026-03",
        "sequence": "1",
        "date_inferred": "false",
        "source_title": "Minutes",
        "source_url": "https://example.org/minutes",
        "source_kind": "council",
        **cells,
    }
    return [*table(EVENTS), dict.fromkeys(EVENTS.columns, "") | values]


BAD_CELLS = {
    "unknown place": (
        EVENTS,
        {"place": "atlantis"},
        "“atlantis” is no place on record.",
    ),
    "a name": (
        EVENTS,
        {"place": "Newcastle upon Tyne"},
        "write the place as newcastle-upon-tyne",
    ),
    "a name in Chinese": (EVENTS, {"place": "紐卡素"}, "newcastle-upon-tyne"),
    "two of one name": (EVENTS, {"place": "Perth"}, "perth, perth-scotland"),
    "no tie": (EVENTS, {"chinese_place": "taiyuan"}, "no agreement on record"),
    "unknown id": (EVENTS, {"id": "999999"}, "no event with the id 999999"),
    "impossible": (
        EVENTS,
        {"happened_on": "2022-02-30"},
        "happened_on: There is no such day.",
    ),
    "full width": (
        EVENTS,
        {"happened_on": "２０２２-11-02"},
        "happened_on: Write a date as",
    ),
    "underscore": (EVENTS, {"happened_on": "2_22"}, "happened_on: Write a date as"),
    "unseen": (
        EVENTS,
        {"summary_en": "The vote\u202e was held."},
        "summary_en holds a character that cannot be seen (U+202E).",
    ),
    "control": (EVENTS, {"source_title": "Bell\x07"}, "(U+0007)"),
    "spreadsheet's date": (
        EVENTS,
        {"happened_on": "02/11/2022"},
        "happened_on: Write a date as",
    ),
    "future": (
        EVENTS,
        {"happened_on": "2999-01"},
        "happened_on: This date is in the future.",
    ),
    "future check": (
        EVENTS,
        {"checked_on": "2999-01-01"},
        "checked_on: This date is in the future.",
    ),
    "no source": (
        EVENTS,
        {"source_url": ""},
        "source_url: This field cannot be blank.",
    ),
    "no title": (
        EVENTS,
        {"source_title": ""},
        "source_title: This field cannot be blank.",
    ),
    "no address": (EVENTS, {"source_url": "minutes"}, "source_url: Enter a valid URL."),
    "script": (
        EVENTS,
        {"source_url": "javascript:alert(1)"},
        "source_url: Enter a valid URL.",
    ),
    "status": (
        EVENTS,
        {"status": "over"},
        "status: Write one of: active, under_review, suspended, ended, lapsed, ",
    ),
    "number": (
        EVENTS,
        {"sequence": "first"},
        "sequence: “first” value must be an integer.",
    ),
    "truth": (
        EVENTS,
        {"date_inferred": "perhaps"},
        "date_inferred: Write true or false.",
    ),
    "formula": (
        EVENTS,
        {"summary_en": "=HYPERLINK(1)"},
        "summary_en begins like a formula.",
    ),
    "kind": (
        TIES,
        {"kind": "marriage"},
        "kind: Write one of: twin, friendship,",
    ),
    "derived": (TIES, {"status": "ended"}, "status follows from the events"),
    "derived source": (
        TIES,
        {"source_url": "https://x.org"},
        "source_url follows from the events",
    ),
    "established": (
        TIES,
        {"established_on": "2999"},
        "established_on: This date is in the future.",
    ),
}


@pytest.mark.parametrize("what", BAD_CELLS)
def test_a_bad_cell_is_told_with_its_line_and_nothing_is_applied(record, what):
    make_place("perth", "AU")
    make_place("perth-scotland", en="Perth")
    kind, cells, reason = BAD_CELLS[what]
    rows = changed(kind, **cells)
    ((line, said),) = problems(kind, rows)
    assert line == 2
    assert reason in said
    before = table(kind)
    with pytest.raises(Moved):
        apply(kind, rows)
    assert table(kind) == before


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
@pytest.mark.parametrize("what", BAD_CELLS)
def test_a_bad_cell_is_told_in_the_desks_language(record, what, language):
    kind, cells, _ = BAD_CELLS[what]
    with override(language):
        ((_, said),) = problems(kind, changed(kind, **cells))
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said)


def test_each_bad_line_is_told(record):
    rows = [row | {"status": "over"} for row in table(EVENTS)]
    assert [line for line, _ in problems(EVENTS, rows)] == [2, 3]


def test_a_line_number_counts_lines_within_cells(record):
    rows = changed(EVENTS, summary_en="one\ntwo\nthree")
    rows[1]["status"] = "over"
    assert [line for line, _ in problems(EVENTS, rows)] == [5]


def test_a_row_with_too_few_cells_is_told(record):
    content = export(TIES) + "leeds,hangzhou\r\n"
    plan = make_plan(TIES, content.encode())
    assert [(row.line, row.problems) for row in plan.rows if row.problems] == [
        (4, ["2 cells instead of 11."])
    ]


@pytest.mark.parametrize("kind", BOTH, ids=lambda kind: kind.name)
def test_a_repeated_row_is_told(record, kind):
    rows = table(kind)
    assert problems(kind, [*rows, rows[0]]) == [(4, "Repeats line 2.")]


def test_an_event_never_moves_to_another_tie(record):
    rows = changed(EVENTS, place="newcastle-upon-tyne", chinese_place="taiyuan")
    ((_, said),) = problems(EVENTS, rows)
    assert "belongs to an event of another agreement" in said


# --- Rows that are added -----------------------------------------------------
def test_an_added_event_changes_the_status_and_is_no_correction(record, leeds):
    plan = apply(EVENTS, added(summary_zh_hant="議會終止協議。"))
    assert plan.counts["added"] == 1
    tie = Twinning.objects.get(place=leeds)
    assert (tie.status, tie.confirmed) == ("ended", True)
    assert tie.latest_event.summary_zh_hans == "议会终止协议。"
    assert not RecordCorrection.objects.exists()


def test_the_same_file_twice_adds_nothing(record):
    apply(EVENTS, added())
    ((_, said),) = problems(EVENTS, added())
    assert "on record already" in said


def test_an_event_older_than_a_later_one_is_noted(record):
    (row,) = plan_of(EVENTS, added(happened_on="2019")).acting
    assert row.notes == [
        "Older than a later event (8 February 2026), which the status follows."
    ]


def test_an_added_tie_comes_with_its_first_event(record):
    make_place("chengdu", "CN")
    row = dict.fromkeys(TIES.columns, "") | {
        "place": "leeds",
        "chinese_place": "chengdu",
        "kind": "friendship",
        "established_on": "2015",
        "status": "active",
        "since": "2024-05",
        "source_title": "The council",
        "source_url": "https://example.org/twins",
        "source_kind": "council",
    }
    apply(TIES, [*table(TIES), row])
    tie = Twinning.objects.get(chinese_place__slug="chengdu")
    assert (tie.kind, tie.status, tie.confirmed) == ("friendship", "active", True)
    assert tie.latest_event.happened_on == "2024-05"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"source_url": ""}, "source_url: This field cannot be blank."),
        ({"place": "taiyuan", "chinese_place": "leeds"}, "must be outside China"),
    ],
)
def test_an_added_tie_needs_a_source_and_the_right_sides(record, cells, reason):
    row = table(TIES)[0] | {"chinese_place": "taiyuan", **cells}
    assert reason in problems(TIES, [*table(TIES), row])[0][1]


# --- Applying ----------------------------------------------------------------
def test_a_changed_fact_goes_into_the_public_log_with_the_reason(record, leeds):
    apply(EVENTS, changed(EVENTS, source_title="Other list", checked_on="2026-01-01"))
    note = RecordCorrection.objects.get()
    assert note.place == leeds
    assert note.what_en == (
        "Event “standing” (8 February 2026): source title: Source 1 → Other list."
    )
    assert "來源標題" in note.what_zh_hant
    assert note.why_en == "The minutes say so."


def test_without_a_reason_nothing_goes_into_the_log(record):
    apply(EVENTS, changed(EVENTS, source_title="Source one"), dict.fromkeys(WHY, ""))
    assert not RecordCorrection.objects.exists()


def test_what_changed_meanwhile_stops_the_whole_file(record):
    rows = changed(EVENTS, source_title="Other list")
    content = as_bytes(EVENTS, rows)
    digest = make_plan(EVENTS, content).digest
    StatusEvent.objects.update(source_title="Mended by somebody else")
    with pytest.raises(Moved):
        apply_plan(EVENTS, content, digest, WHY, "organiser")
    titles = set(StatusEvent.objects.values_list("source_title", flat=True))
    assert titles == {"Mended by somebody else"}


@pytest.mark.parametrize("rows", [1, 3])
def test_planning_asks_four_queries(db, hangzhou, django_assert_num_queries, rows):
    for number in range(rows):
        twin(make_place(f"place-{number}"), hangzhou, ("active", "2024", "list"))
    content = export(EVENTS).encode()
    with django_assert_num_queries(3):
        make_plan(EVENTS, content)
