"""What the formatting bar does to a plain text: Markdown marks around or before what is selected."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `start`..`end` of the text by `replacement`, then select `select_start`..`select_end`."""

    start: int
    end: int
    replacement: str
    select_start: int
    select_end: int


def toggle_bold(text: str, start: int, end: int) -> Edit:
    return _toggle_pair(text, start, end, "**")


def toggle_code(text: str, start: int, end: int) -> Edit:
    """Back-ticks within a line; several lines become a fenced block."""
    if "\n" not in text[start:end]:
        return _toggle_pair(text, start, end, "`")
    before = "" if start == 0 or text[start - 1] == "\n" else "\n"
    after = "" if end == len(text) or text[end] == "\n" else "\n"
    opening = f"{before}```\n"
    selected = text[start:end]
    replacement = f"{opening}{selected}\n```{after}"
    inner = start + len(opening)
    return Edit(start, end, replacement, inner, inner + len(selected))


def toggle_list(text: str, start: int, end: int) -> Edit:
    """Every line that is touched gets a bullet, or loses it when all of them have one."""
    first = text.rfind("\n", 0, start) + 1
    found = text.find("\n", max(end, first))
    last = len(text) if found < 0 else found
    lines = text[first:last].split("\n")
    if all(line.startswith("- ") for line in lines):
        changed = [line[2:] for line in lines]
    else:
        changed = [line if line.startswith("- ") else f"- {line}" for line in lines]
    replacement = "\n".join(changed)
    if start == end:
        caret = max(first, end + len(replacement) - (last - first))
        return Edit(first, last, replacement, caret, caret)
    return Edit(first, last, replacement, first, first + len(replacement))


def _toggle_pair(text: str, start: int, end: int, mark: str) -> Edit:
    size = len(mark)
    if text[max(0, start - size) : start] == mark and text[end : end + size] == mark:
        return Edit(start - size, end + size, text[start:end], start - size, end - size)
    return Edit(start, end, f"{mark}{text[start:end]}{mark}", start + size, end + size)
