"""The translation catalogs: what is found, what is kept, and what is refused."""

from __future__ import annotations

import gettext

import pytest
from django.core.management import CommandError, call_command

from detwin import catalogs
from detwin.extraction import texts_in

TEMPLATE = """{% load i18n %}<p>{% translate "Sign now" %}</p>
      {% translate "Open" context "a state" %}
  {% blocktranslate trimmed with n=count %}
    Valid until {{ n }}, it's true.
    Read on.
  {% endblocktranslate %}
{% blocktranslate trimmed count n=count %}
  {{ n }} person
{% plural %}
  {{ n }} people
{% endblocktranslate %}
"""
CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

a = _("A long text "
      "in two parts.")
b = ngettext("%(n)d place", "%(n)d places", 2)
c = pgettext_lazy("a state", "Open")
d = _(f"not {a}")
"""


@pytest.fixture
def project(tmp_path):
    """A small project with one template, in all its folders."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "cities").mkdir()
    (tmp_path / "templates" / "page.html").write_text('{% translate "Sign now" %}')
    catalogs.update(tmp_path)
    return tmp_path


def source(project, text):
    """Replace what the template of the project says."""
    (project / "templates" / "page.html").write_text(text)


def translate(project, locale, *replacements):
    """Write translations into a catalog by hand."""
    path = catalogs.path_of(locale, project)
    text = path.read_text("utf-8")
    for english, translated in replacements:
        before = f'msgid "{english}"\nmsgstr ""'
        assert before in text
        text = text.replace(before, f'msgid "{english}"\nmsgstr "{translated}"')
    path.write_text(text, "utf-8")


def entry(project, locale, english):
    """Return the translation of a text, read from its file."""
    return catalogs.read(locale, project).get(english).string


def test_texts_are_found_in_templates(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(TEMPLATE)
    assert list(texts_in(path)) == [
        ("Sign now", None),
        ("Open", "a state"),
        ("Valid until %(n)s, it's true. Read on.", None),
        (("%(n)s person", "%(n)s people"), None),
    ]


def test_texts_are_found_in_code(tmp_path):
    path = tmp_path / "page.py"
    path.write_text(CODE)
    assert list(texts_in(path)) == [
        ("A long text in two parts.", None),
        (("%(n)d place", "%(n)d places"), None),
        ("Open", "a state"),
    ]


def test_migrations_and_other_folders_are_not_read(project):
    for folder in ("cities/migrations", "elsewhere"):
        (project / folder).mkdir(parents=True)
        (project / folder / "x.py").write_text('_("Nobody reads this")')
    catalogs.update(project)
    assert catalogs.read("zh_Hant", project).get("Nobody reads this") is None


def test_updating_twice_changes_nothing(project):
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    catalogs.update(project)
    before = [catalogs.path_of(x, project).read_text() for x in catalogs.LOCALES]
    catalogs.update(project)
    after = [catalogs.path_of(x, project).read_text() for x in catalogs.LOCALES]
    assert after == before


def test_a_file_has_no_line_number_and_no_time(project):
    text = catalogs.path_of("zh_Hant", project).read_text()
    assert "#: templates/page.html\n" in text
    assert "Date" not in text


def test_simplified_is_converted_and_follows_traditional(project):
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    catalogs.update(project)
    assert entry(project, "zh_Hans", "Sign now") == "立即联署"
    path = catalogs.path_of("zh_Hant", project)
    path.write_text(path.read_text().replace("立即聯署", "馬上聯署"))
    catalogs.update(project)
    assert entry(project, "zh_Hans", "Sign now") == "马上联署"


def test_what_somebody_wrote_in_simplified_stays(project):
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    catalogs.update(project)
    for locale, before, after in (
        ("zh_Hans", "立即联署", "马上签名"),
        ("zh_Hant", "立即聯署", "現在聯署"),
    ):
        path = catalogs.path_of(locale, project)
        path.write_text(path.read_text().replace(before, after))
    catalogs.update(project)
    catalogs.update(project)
    assert entry(project, "zh_Hans", "Sign now") == "马上签名"
    assert "converted" not in catalogs.path_of("zh_Hans", project).read_text()


def test_a_similar_text_is_no_translation(project):
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    source(project, '{% translate "Sign now." %}')
    catalogs.update(project)
    assert entry(project, "zh_Hant", "Sign now.") == ""
    assert "立即聯署" not in catalogs.path_of("zh_Hant", project).read_text()


def test_complete_catalogs_have_no_problem(project):
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    catalogs.update(project)
    assert catalogs.problems(project) == []


def test_an_empty_entry_is_a_problem(project):
    translate(project, "zh_Hans", ("Sign now", "立即联署"))
    assert catalogs.problems(project) == [
        "locale/zh_Hant/LC_MESSAGES/django.po: not translated: 'Sign now'"
    ]


def test_a_fuzzy_entry_is_a_problem(project):
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    catalogs.update(project)
    path = catalogs.path_of("zh_Hant", project)
    path.write_text(path.read_text().replace("#: temp", "#, fuzzy\n#: temp"))
    found = catalogs.problems(project)
    assert "locale/zh_Hant/LC_MESSAGES/django.po: fuzzy: 'Sign now'" in found


def test_a_text_that_no_catalog_has_is_a_problem(project):
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    catalogs.update(project)
    source(project, '{% translate "Sign now" %}{% translate "New" %}')
    assert [problem.rpartition(": ")[2] for problem in catalogs.problems(project)] == [
        "not in step with the source; run `make catalogs`",
        "not in step with the source; run `make catalogs`",
    ]


def test_a_traditional_text_changed_alone_is_a_problem(project):
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    catalogs.update(project)
    path = catalogs.path_of("zh_Hant", project)
    path.write_text(path.read_text().replace("立即聯署", "馬上聯署"))
    assert catalogs.problems(project) == [
        "locale/zh_Hans/LC_MESSAGES/django.po: not in step with the source; "
        "run `make catalogs`"
    ]


@pytest.mark.parametrize(
    ("template", "english", "wrong", "right"),
    [
        (
            "{% blocktranslate %}Until {{ day }}.{% endblocktranslate %}",
            "Until %(day)s.",
            "截至%(date)s。",
            "截至%(day)s。",
        ),
        (
            '{% translate "Write to {place}." %}',
            "Write to {place}.",
            "致函",
            "致函{place}",
        ),
    ],
)
def test_a_lost_placeholder_is_a_problem(project, template, english, wrong, right):
    source(project, template)
    catalogs.update(project)
    translate(project, "zh_Hant", (english, wrong))
    catalogs.update(project)
    assert f"placeholders differ: {english!r}" in catalogs.problems(project)[0]
    path = catalogs.path_of("zh_Hant", project)
    path.write_text(path.read_text().replace(wrong, right))
    catalogs.update(project)
    assert catalogs.problems(project) == []


def test_catalogs_compile_to_what_django_reads(project):
    source(project, TEMPLATE.replace("{% load i18n %}", ""))
    catalogs.update(project)
    translate(project, "zh_Hant", ("Sign now", "立即聯署"))
    catalogs.compile_all(project)
    compiled = catalogs.path_of("zh_Hant", project).with_suffix(".mo")
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Sign now") == "立即聯署"


def test_the_command_fails_with_every_problem(monkeypatch):
    monkeypatch.setattr(catalogs, "problems", lambda: ["first", "second"])
    with pytest.raises(CommandError, match="first\nsecond"):
        call_command("catalogs", "--check")


@pytest.mark.parametrize(
    ("locale", "never"),
    [
        ("zh_Hans", "電聯議會著裏你"),
        ("zh_Hans", ("电邮", "垃圾电邮", "姊妹城市", "伺服器", "私隐", "连结", "讯息")),
        ("zh_Hant", ("支那", "垃圾電郵", "姐妹城市", "郵箱地址", "信息")),
        ("zh_Hant", "电联议会这说"),
    ],
)
def test_our_catalogs_keep_to_the_words_of_their_place(locale, never):
    strings = [
        form
        for message in catalogs.read(locale)
        if message.id
        for form in catalogs.forms_of(message)
    ]
    assert len(strings) > 300
    assert [s for s in strings for word in never if word in s] == []
