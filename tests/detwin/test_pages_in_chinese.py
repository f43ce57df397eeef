"""No English stands on a Chinese page by mistake."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from campaign.models import JointAction
from news.models import Article

PAGES = [
    "",
    "cities/",
    "cities/?q=nowhere",
    "cities/leeds/",
    "cities/hangzhou/",
    "cities/newcastle-upon-tyne/",
    "petitions/",
    "petitions/leeds/",
    "petitions/sheffield/",
    "petitions/world/",
    "petitions/leeds/thanks",
    "petitions/leeds/code",
    "petitions/leeds/link",
    "news/",
    "news/vote/",
    "news/?place=leeds",
    "news/?country=GB",
    "press/",
    "press/facts/leeds/",
    "press/facts/countries/gb/",
    "campaign/",
    "campaign/groups/",
    "campaign/history/",
    "campaign/days/2022-10-01/",
    "campaign/statement/1/",
    "campaign/start/",
    "about/",
    "faq/",
    "campaign/join/",
    "campaign/join/group/",
    "campaign/join/person/",
    "campaign/join/thanks/",
    "campaign/join/passed-on/",
    "campaign/join/deleted/",
    "events/",
    "events/?place=leeds",
    "trust/",
    "trust/privacy/",
    "trust/counting/",
    "trust/corrections/",
    "report/",
    "report/thanks/",
    "cities/leeds/report/",
    "trust/accessibility/",
    "trust/contact/",
    "trust/complaints/",
    "nowhere/",
    "s/tampered/",
]
READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "content")
UNSPOKEN = {"script", "style", "code", "svg"}
EMPTY = {"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"}
ENGLISH = re.compile(r"[A-Za-z][a-z]{2,}(?:[ ’'-][A-Za-z]+)*")
# Names that are the same in every language, and what a visitor types.
NAMES = re.compile(
    r"https?://\S+|\S+@\S+|#\w+|\b\w+\.\w+\b|LS1 1UR|"
    r"\b(Detwin|Test Campaign|Test Street|Leeds|Sheffield|English|Markdown|Cookie|"
    r"WhatsApp|Telegram|WeChat|QQ|JSON|Atom|RSS|Argon2|HPKE|ML-KEM|PostgreSQL|"
    r"iCalendar|Impressum|JavaScript|Tor|VPN|Source \d|width=device-width|initial-scale|noindex|"
    r"index|follow|summary|website|article|text|html|charset|utf)\b",
    re.ASCII,
)


class Chinese(HTMLParser):
    """Collects what a page says in Chinese: text, and attributes read aloud."""

    def __init__(self):
        super().__init__()
        self.open = [("", "")]
        self.said = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        language = attributes.get("lang") or self.open[-1][1]
        if language.startswith("zh") and tag != "meta":
            self.said += [attributes.get(name) or "" for name in READ_ALOUD]
        if tag not in EMPTY:
            self.open.append((tag, language))

    def handle_endtag(self, tag):
        while len(self.open) > 1 and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        is_spoken = not any(tag in UNSPOKEN for tag, _ in self.open)
        if is_spoken and self.open[-1][1].startswith("zh"):
            self.said.append(data)


def english_in(page):
    """Return every English word or phrase in what a page says in Chinese."""
    parser = Chinese()
    parser.feed(page)
    return [
        found for said in parser.said for found in ENGLISH.findall(NAMES.sub(" ", said))
    ]


@pytest.fixture
def content(leeds_petition, sheffield_petition, world_petition, newcastle):
    Article.objects.create(
        slug="vote",
        publish_at=timezone.now(),
        **in_chinese(title="議會投票", summary="議會將會投票。", body="議會將會投票。"),
    )
    action = JointAction.objects.create(day=datetime.date(2022, 10, 1))
    action.places.set([newcastle])


def in_chinese(**texts):
    """Return the columns of texts that are the same in both Chinese scripts."""
    codes = ("zh_hant", "zh_hans")
    return {f"{name}_{code}": texts[name] for name in texts for code in codes}


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
@pytest.mark.parametrize("page", PAGES)
def test_a_chinese_page_is_in_chinese(client, content, language, page, capsys):
    response = client.get(f"/{language}/{page}")
    assert response.status_code in (200, 302, 404)
    assert english_in(response.content.decode()) == []


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_a_chinese_form_complains_in_chinese(client, leeds_petition, language):
    path = f"/{language}/petitions/leeds/sign"
    for form in (
        {},
        {"audience": "council", "email": "x", "postcode": "x", "name": "="},
    ):
        page = client.post(path, form).content.decode()
        assert "error" in page
        assert english_in(page) == []


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans"])
def test_the_page_behind_a_link_is_in_chinese(client, leeds_petition, sign, language):
    path = sign("leeds", language)
    for action in ("", "confirm", "", "withdraw", ""):
        answer = client.post(path, {"action": action}) if action else client.get(path)
        assert english_in(answer.content.decode()) == []


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<html lang="zh-Hant-HK"><p>請 Sign now</p>', ["Sign now"]),
        ('<html lang="zh-Hans"><img alt="A map">', ["map"]),
        ('<html lang="zh-Hans"><a lang="en" title="More">More</a>更多', []),
        ('<html lang="zh-Hans"><p lang="en">More</p><p>更多 news</p>', ["news"]),
        ('<html lang="en"><p>Sign</p>', []),
    ],
)
def test_the_search_can_fail(page, expected):
    assert english_in(page) == expected
