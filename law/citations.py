"""Citations of articles, in the reader's language."""

import re

from django.utils.functional import lazy
from django.utils.translation import get_language

from law.instruments import INSTRUMENTS
from law.words import Text

_ARTICLE = re.compile(r"^(?P<article>\d+)(?:\.(?P<clause>\d+[a-zđ]?))?(?:\((?P<point>[a-zđ])\))?$")


def _article_in_words(article: str) -> str:
    """Write ``8.1(c)`` as the reader's language cites it: "điểm c khoản 1 Điều 8" or "Art. 8.1(c)"."""
    found = _ARTICLE.match(article)
    if get_language() == "en" or found is None:
        return f"Art. {article}"
    parts = [("điểm", found["point"]), ("khoản", found["clause"]), ("Điều", found["article"])]
    return " ".join(f"{word} {number}" for word, number in parts if number)


def _citation(code: str, *articles: str, part: Text = "") -> str:
    places = [_article_in_words(article) for article in articles]
    if part:
        places.append(str(part))
    return f"{', '.join(places)} {INSTRUMENTS[code]}".strip()


# Name an instrument and articles of it; the words are chosen when the citation is shown.
cite = lazy(_citation, str)
