"""Words as the full-text index sees them: without case and diacritics, split at everything else.

The rules are those of FTS5's `unicode61 remove_diacritics 2`, so that what is marked is what was found.
"""

import re
import unicodedata
from functools import lru_cache

_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]")


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    """One folded character, '' for a combining mark, or a space for what separates words."""
    if unicodedata.combining(char):
        return ""
    category = unicodedata.category(char)
    if category[0] not in "LN" and category != "Co":
        return " "
    letter = unicodedata.normalize("NFD", char)[0]
    folded = letter.casefold()
    return folded if len(folded) == 1 else letter.lower()[0]


def fold(text: str) -> str:
    """Without case and diacritics, everything between words as spaces."""
    return "".join(map(_fold_char, text))


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text` in their order."""
    return tuple(fold(text).split())


def written_words(text: str) -> tuple[str, ...]:
    """The same words as `words` tells, as they are written."""
    spaced = "".join(" " if _fold_char(char) == " " else char for char in text)
    return tuple(word for word in spaced.split() if fold(word))


def sort_key(text: str) -> str:
    """For alphabetical order: 'Öffnen' stands between 'Obst' and 'Ort'. At most 60 characters."""
    return _COMBINING.sub("", unicodedata.normalize("NFD", text[:60].casefold()))


def match_spans(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where words of `text` begin with a word of `query`: (start, end), in order, not overlapping."""
    wanted = sorted(set(words(query)), key=len, reverse=True)
    if not wanted:
        return ()
    folded: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        if shape := _fold_char(char):
            folded.append(shape)
            origin.append(index)
    origin.append(len(text))
    line = "".join(folded)
    return tuple(
        (origin[begin], _end(text, origin[begin + len(word) - 1]))
        for begin, word in _beginnings(line, wanted)
    )


def _beginnings(line: str, wanted: list[str]) -> list[tuple[int, str]]:
    found = []
    for match in re.finditer(r"[^ ]+", line):
        word = next((each for each in wanted if match.group().startswith(each)), None)
        if word is not None:
            found.append((match.start(), word))
    return found


def _end(text: str, last: int) -> int:
    """Just behind the character at `last`, with the combining marks that belong to it."""
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
