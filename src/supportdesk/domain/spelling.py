"""How far a word is from the one that was meant, in half letters.

What German and Swedish ears and keyboards confuse counts half: doubled letters, 'ae' for 'ä', a silent 'h',
'k' for 'ck', 'f' for 'v'. Words are folded (`text.fold`), so that 'ä', 'å' and 'a' are one letter already.
"""

_ALIKE = ("ckq", "fvw", "szxc", "ijy", "dt", "bp", "gk", "ae", "oø", "mn")
_SPELLED_OUT = {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ph": "f", "th": "t"}
_PARTNERS = {
    letter: frozenset().union(*(group for group in _ALIKE if letter in group)) for letter in "".join(_ALIKE)
}
_VOWELS = frozenset("aeiouy")


def tolerance(word: str) -> int:
    """How many half letters may be wrong; 0 for words too short to guess at."""
    return 0 if len(word) < 3 else 1 if len(word) == 3 else 2 if len(word) < 6 else 4


def first_letters(word: str) -> tuple[str, ...]:
    """What the meant word may begin with: its own letter, the second by a slip, or one that sounds alike."""
    return tuple(dict.fromkeys((*word[:2], *sorted(_PARTNERS.get(word[0], ())))))


def distance(one: str, other: str, limit: int) -> int:
    """In half letters; `limit` + 1 for everything beyond it."""
    a, b = _spelled_out(one), _spelled_out(other)
    if abs(len(a) - len(b)) > limit or len(set(a) ^ set(b)) > limit + 2:
        return limit + 1
    before: list[int] = []
    row = [0]
    for j in range(len(b)):
        row.append(row[-1] + _extra(b, j))
    for i, letter in enumerate(a):
        earlier, before = before, row
        dropped = _extra(a, i)
        row = [before[0] + dropped]
        for j, wanted in enumerate(b):
            best = min(before[j] + _exchange(letter, wanted), before[j + 1] + dropped, row[j] + _extra(b, j))
            if i and j and letter == b[j - 1] and a[i - 1] == wanted:
                best = min(best, earlier[j - 1] + 2)
            row.append(best)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _exchange(letter: str, other: str) -> int:
    return 0 if letter == other else 1 if other in _PARTNERS.get(letter, ()) else 2


def _extra(word: str, at: int) -> int:
    """What a letter costs that only one of the words has."""
    letter, left = word[at], word[at - 1] if at else ""
    is_doubled = letter == left
    is_umlaut = letter == "e" and left in {"a", "o", "u"}
    is_silent = letter == "h" and left in _VOWELS
    is_hard = letter == "c" and word[at + 1 : at + 2] == "k"
    return 1 if is_doubled or is_umlaut or is_silent or is_hard else 2


def _spelled_out(word: str) -> str:
    for letters, others in _SPELLED_OUT.items():
        word = word.replace(letters, others)
    return word
