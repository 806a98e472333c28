"""“Did you mean”: the nearest words that really occur, for a search that found nothing."""

from collections.abc import Iterable
from difflib import get_close_matches

from supportdesk.domain.text import fold

_NEAR_ENOUGH = 0.72
_SHORTEST = 3


def did_you_mean(query: str, texts: Iterable[str]) -> str:
    """`query` with each unknown word replaced by the nearest word of `texts`; '' where that changes nothing.

    A word is known when a word of `texts` begins with it, as the search itself has it.
    """
    spoken = {fold(word).strip(): word for text in texts for word in _bare_words(text)}
    known = tuple(word for word in spoken if len(word) >= _SHORTEST)
    corrected = [_nearest(word, known, spoken) for word in _bare_words(query)]
    better = " ".join(corrected)
    return "" if fold(better) == fold(query) else better


def _bare_words(text: str) -> list[str]:
    """As they are written, without what stands around them."""
    shape = "".join(char if fold(char).strip() or char == "-" else " " for char in text)
    return [word.strip("-") for word in shape.split() if word.strip("-")]


def _nearest(word: str, known: tuple[str, ...], spoken: dict[str, str]) -> str:
    folded = fold(word).strip()
    if len(folded) < _SHORTEST or any(each.startswith(folded) for each in known):
        return word
    near = get_close_matches(folded, known, n=1, cutoff=_NEAR_ENOUGH)
    return spoken[near[0]] if near else word
