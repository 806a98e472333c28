"""Times, dates and sizes as the customer's locale writes them."""

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale

from supportdesk import clock, i18n
from supportdesk.i18n import _, ngettext, pgettext


def figures_of_date(locale: QLocale) -> str:
    """The pattern of a date in figures, with its whole year: 26 for 2026 is taken for a day."""
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return short if "yyyy" in short else short.replace("yy", "yyyy")


def locale() -> QLocale:
    """Of the app's language; in the system's own region when that speaks the same language.

    English without a region is British: day before month, hours from 0 to 24.
    """
    system = QLocale.system()
    chosen = QLocale(_REGIONS.get(i18n.language(), i18n.language().split("-")[0]))
    return system if system.language() == chosen.language() else chosen


def number(value: int) -> str:
    return locale().toString(value)


def size(size_bytes: int) -> str:
    """As file managers write it: whole KB, one digit from a megabyte on when it says something."""
    digits = 1 if size_bytes >= 1 << 20 and size_bytes % (1 << 20) else 0
    return locale().formattedDataSize(size_bytes, digits, _TRADITIONAL).replace("kB", "KB")


def exact(moment: datetime) -> str:
    """Day and time for tooltips and logs."""
    return locale().toString(_qt(moment), QLocale.FormatType.ShortFormat)


def time_of_day(moment: datetime) -> str:
    return locale().toString(_qt(moment).time(), QLocale.FormatType.ShortFormat)


def exact_time(moment: datetime) -> str:
    """To the second, for logs."""
    return _qt(moment).time().toString("HH:mm:ss")


def day(moment: datetime, *, long: bool = False) -> str:
    this_year = _local(moment).year == _local(clock.now()).year
    if long:
        form = _("dddd, d MMMM") if this_year else _("dddd, d MMMM yyyy")
    else:
        form = _("d MMM") if this_year else _("d MMM yyyy")
    return locale().toString(_qt(moment).date(), form)


def date(moment: datetime) -> str:
    """In words; with the year where it is another than this."""
    if _local(moment).year != _local(clock.now()).year:
        return full_day(moment)
    return locale().toString(_qt(moment).date(), _("d MMMM"))


def full_day(moment: datetime) -> str:
    """With the year, for dates that are agreed on."""
    return in_words(_qt(moment).date())


def in_words(day: QDate) -> str:
    return locale().toString(day, _("d MMMM yyyy"))


def ago(moment: datetime) -> str:
    """How long ago, in the words of a list: minutes, hours, Yesterday, then the day."""
    return _ago(moment, _("Just now"), _("Yesterday"))


def ago_within(moment: datetime) -> str:
    """As `ago`, for the middle of a sentence."""
    return _ago(moment, pgettext("in a sentence", "just now"), pgettext("in a sentence", "yesterday"))


def _ago(moment: datetime, just_now: str, yesterday: str) -> str:
    now = clock.now()
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return just_now
    if minutes < 60:
        return ngettext("{n} min ago", "{n} min ago", minutes).format(n=minutes)
    days = (_local(now).date() - _local(moment).date()).days
    if days == 0:
        return ngettext("{n} h ago", "{n} h ago", minutes // 60).format(n=minutes // 60)
    if days == 1:
        return yesterday
    return day(moment)


def _local(moment: datetime) -> datetime:
    return moment.astimezone()


def _qt(moment: datetime) -> QDateTime:
    """In the zone of this computer."""
    return QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000))


_REGIONS = {"en": "en_GB", "pseudo": "en_GB", "pseudo-rtl": "en_GB"}
_TRADITIONAL = QLocale.DataSizeFormat.DataSizeTraditionalFormat
