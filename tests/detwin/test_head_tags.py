"""What a page says of itself in its head, and the way to it."""

from __future__ import annotations

import json
import re

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory


def rendered(template, path="/en/x/", **values):
    request = RequestFactory().get(path)
    context = Context({"request": request, **values})
    return Template("{% load head %}" + template).render(context)


def data_in(html):
    """Return what a page's one data block says."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return json.loads(text)


def test_a_data_block_cannot_end_its_own_element():
    name = "</script><script>alert(1)</script> & <!--"
    html = rendered("{% data_block described %}", described={"name": name})
    assert html.count("</script>") == 1
    assert "<!--" not in html
    assert data_in(html)["name"] == name


def test_captured_text_fits_into_an_attribute():
    html = rendered(
        '{% capture title %}{{ name }}\n "so" {% endcapture %}[{{ title }}]',
        name='<b> "x"',
    )
    assert html == "[&lt;b&gt; &quot;x&quot; &quot;so&quot;]"


def test_breadcrumbs_are_described_with_the_page_at_their_end(settings):
    settings.SITE_URL = "https://example.org"
    html = rendered(
        '{% crumbs name %}<li><a href="/en/cities/">Cities <b>all</b></a></li>'
        "{% endcrumbs %}",
        path="/en/cities/leeds/",
        name="Leeds",
    )
    assert html.startswith('<nav class="crumbs" aria-label="Breadcrumb"><ol><li>')
    entries = data_in(html)["itemListElement"]
    assert [(e["position"], e["name"], e["item"]) for e in entries] == [
        (1, "Cities all", "https://example.org/en/cities/"),
        (2, "Leeds", "https://example.org/en/cities/leeds/"),
    ]


@pytest.mark.parametrize("tag", ["capture", "crumbs"])
def test_a_tag_without_its_argument_is_refused(tag):
    with pytest.raises(TemplateSyntaxError):
        rendered(f"{{% {tag} %}}{{% end{tag} %}}")


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", "en_GB"), ("zh-hant", "zh_HK"), ("zh-hans", "zh_CN")],
)
def test_a_shared_page_names_itself_its_language_and_its_picture(
    client, leeds, settings, language, locale
):
    settings.SITE_URL = "https://example.org"
    page = client.get(f"/{language}/cities/leeds/").content.decode()
    tags = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]+)">', page))
    assert tags["title"] in re.search("<title>(.*) · Detwin</title>", page)[1]
    assert tags["locale"] == locale
    assert tags["url"] == f"https://example.org/{language}/cities/leeds/"
    assert tags["image"].endswith(f"/static/img/share.{language}.png")
    assert (tags["image:width"], tags["image:height"]) == ("1200", "630")
    assert set(tags) >= {"description", "type", "site_name", "image:alt"}
