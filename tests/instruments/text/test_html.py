"""HTML pages: article, byline, date and threads of comments in the markup that sites use; hostile markup is text."""

from __future__ import annotations

import pytest

from kuager.instruments import text
from kuager.instruments.text import Reading

ARTICLE = (
    "<article><h1>Miners block the road at Karatal</h1><p class='byline'>By Dana Seitova</p>"
    "<p>Some two hundred miners blocked the road to the plant on Friday, a union leader said, and they would stay.</p>"
    "<p>The mayor, Askar Dulatov, said the plant had paid everybody and that nobody had been dismissed so far.</p>"
    "</article>"
)


def read(html: str) -> Reading:
    return text.read(html.encode(), "text/html")


def threads(reading: Reading) -> list[tuple[str | None, str | None, str, str | None]]:
    """Each comment: by, date, first words, and whom it answers."""
    by = {c.id: c.by.text if c.by else None for c in reading.page.comments}
    return [
        (by[c.id], c.datetime, c.body.text.split(".")[0], by.get(c.reply_to) if c.reply_to else None)
        for c in reading.page.comments
    ]


WORDPRESS = """
<ol class='comment-list'><li id='comment-7' class='comment depth-1'><article class='comment-body'>
<footer class='comment-meta'><div class='comment-author vcard'><b class='fn'>Aigerim</b> <span class='says'>says:</span>
</div><div class='comment-metadata'><a href='#'>
<time datetime='2019-03-02T10:15:00+06:00'>March 2, 2019 at 10:15 am</time></a></div></footer>
<div class='comment-content'><p>I was there. They fired over our heads.</p></div>
<div class='reply'><a class='comment-reply-link'>Reply</a></div></article>
<ol class='children'><li id='comment-9' class='comment depth-2'><article class='comment-body'>
<footer class='comment-meta'><div class='comment-author vcard'><b class='fn'>Boris K.</b>
</div><div class='comment-metadata'><time datetime='2019-03-03T08:00:00+06:00'>March 3, 2019</time></div></footer>
<div class='comment-content'><p>Not over the heads of all. Ask the hospital.</p></div></article></li></ol></li></ol>
"""
ATTRIBUTES = """
<div id='comments'><div data-comment-id='7' data-author='Aigerim' data-date='2019-03-02'>
<p>I was there. They fired over our heads.</p></div>
<div data-comment-id='9' data-parent-id='7' data-author='Boris K.' data-date='2019-03-03'>
<p>Not over the heads of all. Ask the hospital.</p></div></div>
"""
FORUM = """
<div class='forum'><div class='post' id='post7'><div class='author'><span class='username'>Aigerim</span></div>
<div class='date'>2019-03-02</div><div class='post-text'>I was there. They fired over our heads.</div></div>
<div class='post' id='post9' data-reply-to='post7'><div class='author'><span class='username'>Boris K.</span></div>
<div class='date'>2019-03-03</div><div class='post-text'>Not over the heads of all. Ask the hospital.</div></div></div>
"""
MICRODATA = """
<section class='discussion'><div itemprop='comment' itemscope itemtype='https://schema.org/Comment' id='c7'>
<span itemprop='author'>Aigerim</span> <time itemprop='dateCreated' datetime='2019-03-02'>2 March</time>
<div itemprop='text'>I was there. They fired over our heads.</div>
<div itemprop='comment' itemscope itemtype='https://schema.org/Comment' id='c9'>
<span itemprop='author'>Boris K.</span> <time itemprop='dateCreated' datetime='2019-03-03'>3 March</time>
<div itemprop='text'>Not over the heads of all. Ask the hospital.</div></div></div></section>
"""


@pytest.mark.parametrize("markup", [WORDPRESS, ATTRIBUTES, FORUM, MICRODATA], ids=["list", "data", "forum", "micro"])
def test_a_thread_keeps_who_when_and_whom_it_answers(markup: str) -> None:
    found = threads(read(f"<html><body><main>{ARTICLE}{markup}</main></body></html>"))
    assert [(by, (day or "")[:10], words, to) for by, day, words, to in found] == [
        ("Aigerim", "2019-03-02", "I was there", None),
        ("Boris K.", "2019-03-03", "Not over the heads of all", "Aigerim"),
    ]


@pytest.mark.parametrize("markup", [WORDPRESS, ATTRIBUTES, FORUM, MICRODATA], ids=["list", "data", "forum", "micro"])
def test_a_commenter_is_nobody_whom_the_article_names(markup: str) -> None:
    reading = read(f"<html><body><main>{ARTICLE}{markup}</main></body></html>".replace("Aigerim", "Askar Dulatov"))
    mayor = [s for s in reading.sources if s.name == "Askar Dulatov" and s.kind != "commenter"]
    commenter = [s for s in reading.sources if s.name == "Askar Dulatov" and s.kind == "commenter"]
    assert (len(mayor), len(commenter)) == (1, 1)
    said = {s.span.text: s.chain for s in reading.statements if s.chain}
    assert said["I was there"] == (commenter[0].id,)


def test_an_article_in_a_wrapper_that_is_called_a_widget_is_still_read() -> None:
    """Blogs wrap whole posts in elements named like furniture."""
    body = ARTICLE.replace("<article>", "<div class='widget Blog'>").replace("</article>", "</div>")
    reading = read(f"<html><body><div class='menu'><p>Home</p><p>Sport</p></div>{body}</body></html>")
    assert any("nobody had been dismissed" in s.span.text for s in reading.statements if s.speaker)
    assert "Home" in [f.text for f in reading.page.furniture]


@pytest.mark.parametrize(
    ("line", "authors", "credit"),
    [
        ("Analysis by Dana Seitova, senior analyst", ("Dana Seitova",), None),
        ("By: Karatal Wire", ("Karatal Wire",), None),
        ("By Dana Seitova on March 2, 2019 at 12:06 PM, updated March 3, 2019 at 9:10 AM", ("Dana Seitova",), None),
        ("By Dana Seitova and Marat Omarov March 2, 2019 7:18 pm", ("Dana Seitova", "Marat Omarov"), None),
        ("By Dana Seitova, Reuters", ("Dana Seitova",), "Reuters"),
    ],
)
def test_a_byline_ends_where_the_day_begins(line: str, authors: tuple[str, ...], credit: str | None) -> None:
    page = ARTICLE.replace("By Dana Seitova", line)
    byline = read(f"<html><body>{page}</body></html>").page.byline
    assert byline is not None
    assert (byline.authors, byline.credit) == (authors, credit)


def test_a_byline_is_found_by_the_authors_that_the_markup_names() -> None:
    head = "<head><meta name='author' content='Dana Seitova'></head>"
    page = ARTICLE.replace("<p class='byline'>By Dana Seitova</p>", "<div>Words: Dana Seitova · Pictures: agency</div>")
    byline = read(f"<html>{head}<body>{page}</body></html>").page.byline
    assert byline is not None
    assert byline.authors == ("Dana Seitova",)
    assert "Dana Seitova" in byline.span.text


SPANISH = (
    "El alcalde de la ciudad dijo que la policía no había disparado contra los manifestantes y que los heridos estaban "
    "siendo atendidos en el hospital. «No sabemos cuántos murieron», dijo una enfermera que pidió no ser identificada. "
    "Las autoridades informaron de que al menos doce personas habían muerto durante los enfrentamientos del viernes."
)


@pytest.mark.parametrize(
    "words",
    [SPANISH, "市長は警察が発砲していないと述べた。病院の看護師は十二人が死亡したと話した。" * 3],
    ids=["Spanish", "Japanese"],
)
def test_a_page_in_another_language_is_not_read_as_english(words: str) -> None:
    reading = read(f"<html><body><article><h1>{words[:30]}</h1><p>{words}</p></article></body></html>")
    assert reading.page.language is None
    assert {s.form for s in reading.statements} <= {"narration", "footage_description"}
    assert not reading.claims


def test_hidden_words_are_no_words_of_the_page() -> None:
    hidden = "<p style='display:none'>The mayor said he was guilty of it all.</p><script>said()</script>"
    reading = read(f"<html><body>{ARTICLE.replace('</article>', hidden + '</article>')}</body></html>")
    assert "guilty" not in reading.text


def test_headlines_of_other_stories_under_an_article_count_nobody_here() -> None:
    others = "<div>Most read</div><div>12 killed in bus crash near Almaz</div><div>Police wound three men</div>"
    reading = read(f"<html><body>{ARTICLE.replace('</article>', others + '</article>')}</body></html>")
    assert not [c for c in reading.claims if c.type == "casualty_count"]
    assert "12 killed in bus crash near Almaz" in [f.text for f in reading.page.furniture]


def test_a_headline_is_the_line_nearest_to_the_title_of_the_markup() -> None:
    title = "<head><title>Miners block the road at Karatal | The Wire</title></head>"
    path = "<div>HomeNewsMiners block the road at Karatal</div><div>"
    page = ARTICLE.replace("<h1>", path).replace("</h1>", "</div>")
    headline = read(f"<html>{title}<body>{page}</body></html>").page.headline
    assert headline is not None
    assert headline.text == "Miners block the road at Karatal"
