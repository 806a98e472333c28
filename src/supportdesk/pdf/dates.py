"""Dates as a form writes them: ISO 8601 between programs, the format of the field or language on the page."""

import re
from datetime import date, datetime

# AFDate_FormatEx("dd.mm.yyyy") is what Acrobat's date fields say; the format is read, the script never run.
_SCRIPT = re.compile(r"""AFDate_(?:Format|Keystroke)Ex\(\s*["']([^"']{1,40})["']""")
_TOKEN = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dd|d")
_DIRECTIVES = {
    "yyyy": "%Y",
    "yy": "%y",
    "dd": "%d",
    "d": "%d",
    "mmmm": "%B",
    "mmm": "%b",
    "mm": "%m",
    "m": "%m",
}
_BY_LANGUAGE = {"de": "dd.mm.yyyy", "fi": "d.m.yyyy", "sv": "yyyy-mm-dd"}
_OTHERWISE = "d mmmm yyyy"
# In English, as the formats of PDF mean them.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NOT_A_DATE = {"update", "ort", "place", "city", "ortdatum", "ortunddatum", "placedate"}


def format_in(script: str) -> str:
    """The format that a field's script sets; '' when it is not one for dates."""
    found = _SCRIPT.search(script)
    return found[1] if found else ""


def is_named_as_date(name: str) -> bool:
    """`start_date`, `Geburtsdatum`, but not `Ort, Datum`, which wants both."""
    words = re.findall(r"[A-ZÄÖÜ]?[a-zäöü]+|[A-ZÄÖÜ]+", name.rpartition(".")[2])
    words = [word.lower() for word in words]
    return any(word.endswith(("date", "datum")) for word in words) and not _NOT_A_DATE.intersection(words)


def written(iso: str, pattern: str, language: str) -> str:
    """Raises ValueError when `iso` is not a date."""
    day = date.fromisoformat(iso)
    form = pattern or _BY_LANGUAGE.get(language, _OTHERWISE)
    return _TOKEN.sub(lambda token: _part(token[0], day), form)


def read(text: str, pattern: str) -> str:
    """ISO 8601 of what a vendor filled in; '' when it is not a date in this form."""
    for form in (pattern or _OTHERWISE, "yyyy-mm-dd", *_BY_LANGUAGE.values()):
        directives = _TOKEN.sub(lambda token: _DIRECTIVES[token[0]], form.replace("%", "%%"))
        try:
            return datetime.strptime(text.strip(), directives).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return ""


def _part(token: str, day: date) -> str:
    month = _MONTHS[day.month - 1]
    return {
        "yyyy": f"{day.year:04}",
        "yy": f"{day.year % 100:02}",
        "mmmm": month,
        "mmm": month[:3],
        "mm": f"{day.month:02}",
        "m": str(day.month),
        "dd": f"{day.day:02}",
        "d": str(day.day),
    }[token]
