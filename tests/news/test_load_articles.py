"""Articles kept as files."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from news.models import Article

TEXTS = {
    "en": ("A vote", "The council votes.", "## Why\n\nBecause."),
    "zh_hant": ("投票", "議會投票。", "因為。"),
    "zh_hans": ("投票日", "议会投票。", "因为。"),
}


def write(folder, slug, meta='date = 2026-11-01\nplace = "leeds"\n', **texts):
    own = folder / slug
    own.mkdir(parents=True)
    (own / "meta.toml").write_text(meta, encoding="utf-8")
    for code, (title, summary, body) in TEXTS.items():
        text = texts.get(code, f"# {title}\n\n{summary}\n\n---\n\n{body}\n")
        if text is not None:
            (own / f"{code}.md").write_text(text, encoding="utf-8")


def load(folder, **options):
    output = io.StringIO()
    call_command("load_articles", folder=folder, stdout=output, **options)
    return output.getvalue().strip()


def test_an_article_is_loaded_in_three_languages(tmp_path, leeds):
    write(tmp_path, "a-vote", 'date = 2026-11-01\nplace = "leeds"\npetition = "leeds"')
    assert load(tmp_path) == (
        "article: 1 added, 0 changed, 0 unchanged, 0 kept as organisers edited them"
    )
    article = Article.objects.get(slug="a-vote")
    assert article.title_en == "A vote"
    assert article.summary_zh_hant == "議會投票。"
    assert article.body_zh_hans == "因为。"
    assert article.body_en == "## Why\n\nBecause."
    assert article.place == leeds
    assert article.petition_slug == "leeds"
    assert article.publish_at.isoformat() == "2026-11-01T06:00:00+00:00"


def test_loading_twice_changes_nothing(tmp_path, leeds):
    write(tmp_path, "a-vote")
    load(tmp_path)
    before = Article.objects.get().updated_at
    assert "0 added, 0 changed, 1 unchanged, 0 kept" in load(tmp_path)
    assert Article.objects.get().updated_at == before


def test_an_organisers_edit_stays_unless_told_otherwise(tmp_path, leeds):
    write(tmp_path, "a-vote")
    load(tmp_path)
    Article.objects.update(title_en="Edited")
    assert "1 kept" in load(tmp_path)
    assert Article.objects.get().title_en == "Edited"
    assert "1 changed" in load(tmp_path, overwrite=True)
    assert Article.objects.get().title_en == "A vote"


def test_windows_line_ends_and_wrapped_summaries_are_read(tmp_path, leeds):
    text = "# A vote\r\n\r\nThe council\r\nvotes.\r\n\r\n---\r\n\r\nBody.\r\n"
    write(tmp_path, "a-vote", en=text)
    load(tmp_path)
    article = Article.objects.get()
    assert (article.summary_en, article.body_en) == ("The council votes.", "Body.")


def test_a_rule_in_the_body_is_left_alone(tmp_path, leeds):
    write(tmp_path, "a-vote", en="# A\n\nS.\n\n---\n\nOne.\n\n---\n\nTwo.\n")
    load(tmp_path)
    assert Article.objects.get().body_en == "One.\n\n---\n\nTwo."


BAD = {
    "no title": {"en": "A vote\n\nS.\n\n---\n\nB.\n"},
    "no summary": {"en": "# A vote\n\n---\n\nB.\n"},
    "no rule": {"en": "# A vote\n\nS.\n\nB.\n"},
    "missing": {"zh_hans": None},
    "long": {"en": f"# {'x' * 201}\n\nS.\n\n---\n\nB.\n"},
    "no date": {"meta": 'place = "leeds"'},
    "bad date": {"meta": 'date = "soon"'},
    "bad toml": {"meta": "date = = 1"},
    "unknown key": {"meta": "date = 2026-11-01\nauthor = 'x'"},
    "unknown place": {"meta": "date = 2026-11-01\nplace = 'atlantis'"},
}


@pytest.mark.parametrize("what", list(BAD))
def test_a_bad_file_is_named_and_nothing_is_loaded(tmp_path, leeds, what):
    write(tmp_path, "a-good-one")
    write(tmp_path, "bad-one", **BAD[what])
    with pytest.raises(CommandError, match=r"Nothing was loaded\. .*bad-one/"):
        load(tmp_path)
    assert not Article.objects.exists()


def test_a_file_that_is_not_text_is_named(tmp_path, leeds):
    write(tmp_path, "bad-one")
    (tmp_path / "bad-one" / "en.md").write_bytes(b"# \xff\n")
    with pytest.raises(CommandError, match=r"bad-one/en\.md: the file is not UTF-8"):
        load(tmp_path)


def test_a_folder_whose_name_is_no_slug_is_refused(tmp_path, leeds):
    write(tmp_path, "投票")
    with pytest.raises(CommandError, match="is no slug"):
        load(tmp_path)


def test_a_missing_folder_is_refused(tmp_path, db):
    with pytest.raises(CommandError, match="there is no such folder"):
        load(tmp_path / "nowhere")


def test_a_body_that_is_too_long_is_named(db, tmp_path):
    write(tmp_path, "a", en=f"# T\n\nS\n\n---\n\n{'x' * 30_001}\n")
    with pytest.raises(CommandError, match=r"en\.md: the body may have 30000"):
        load(tmp_path)
    assert not Article.objects.exists()
