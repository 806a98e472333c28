"""Words as the full-text index sees them: without case and diacritics, split at everything else.

The rules are those of FTS5's `unicode61 remove_diacritics 2`, so that what is marked is what was found.
"""

import re
import unicodedata
from functools import cache, lru_cache

_MARKS = "[\u0300-\u036f]*"
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


_FOLDED_ASCII = {code: _fold_char(chr(code)) for code in range(128)}


def fold(text: str) -> str:
    """Without case and diacritics, everything between words as spaces."""
    if text.isascii():
        return text.translate(_FOLDED_ASCII)
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
    lower = text[:60].casefold()
    return lower if lower.isascii() else _COMBINING.sub("", unicodedata.normalize("NFD", lower))


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


def first_match(text: str, query: str) -> int:
    """Where the first word of `text` is that begins with a word of `query`; -1 for none. For long texts."""
    pattern = _pattern(tuple(sorted(set(words(query)))))
    found = pattern.search(text) if pattern is not None else None
    return found.start() if found else -1


@lru_cache(maxsize=16)
def _pattern(wanted: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds words by their beginnings, whatever accents the letters carry."""
    shapes = _shapes()
    forms = ("".join(f"[{re.escape(shapes.get(char, char))}]{_MARKS}" for char in word) for word in wanted)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})", re.IGNORECASE) if wanted else None


@cache
def _shapes() -> dict[str, str]:
    """Letters with everything that is folded to them, of the scripts that have diacritics."""
    shapes: dict[str, str] = {}
    for code in (*range(0x80, 0x250), *range(0x1E00, 0x1F00)):
        if (shape := _fold_char(chr(code))).strip():
            shapes[shape] = shapes.get(shape, shape) + chr(code)
    return shapes


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
