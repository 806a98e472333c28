"""What rows and the reading column say about a publication beside its text."""

from supportdesk import i18n
from supportdesk.app.reading import Entry, is_over, needs_confirming
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.entities import Publication, PublicationKind
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.widgets.chip import ChipStyle


def chip(item: Publication) -> tuple[str, ChipStyle] | None:
    """What the customer has to do with it, or that it is over; None for what is simply there to be read."""
    if needs_confirming(item):
        return _("Please confirm"), ChipStyle("warning", "triangle-alert")
    if is_over(item):
        return _("No longer valid"), ChipStyle("neutral", "clock")
    if item.must_confirm and item.confirmed_at is not None:
        return _("Confirmed"), ChipStyle("success", "check")
    return None


def is_unread(item: Publication) -> bool:
    return item.publication is not PublicationKind.ARTICLE and item.read_at is None


def when(item: Publication) -> str:
    """Help articles are found by what they say, not by their age."""
    return "" if item.publication is PublicationKind.ARTICLE else formats.ago(item.published_at)


def second_line(entry: Entry, *, searching: bool) -> str:
    item = entry.item
    if item.publication is not PublicationKind.ARTICLE or searching:
        return entry.line
    return category_line(item)


def category_line(item: Publication) -> str:
    return " · ".join(part for part in (item.category, helpful(item)) if part)


def as_of(item: Publication) -> str:
    return _("As of {day}").format(day=formats.full_day(item.published_at))


def helpful(item: Publication) -> str:
    if item.helpful_percent is None:
        return ""
    return _("{n} % found it helpful").format(n=formats.number(item.helpful_percent))


def spoken(entry: Entry) -> str:
    """A row as a screen reader says it."""
    item = entry.item
    style = chip(item)
    parts = (
        item.title,
        _("Unread") if is_unread(item) else "",
        style[0] if style else "",
        when(item),
        second_line(entry, searching=False),
    )
    return ", ".join(part for part in parts if part)


def meta(item: Publication, catalogue: Catalogue | None, profile: Profile) -> tuple[str, ...]:
    """Day, end, part of the program: what stands above the title."""
    day = formats.day(item.published_at, long=True)
    if item.publication is PublicationKind.ARTICLE:
        day = as_of(item)
    return tuple(part for part in (day, _end(item), service(item, catalogue, profile)) if part)


def service(item: Publication, catalogue: Catalogue | None, profile: Profile) -> str:
    """As in 'Devices › Card reader'; '' where none is named or known, or it is none in particular."""
    path = catalogue.service_path(item.service_id) if catalogue and item.service_id else ()
    if any(each.general for each in path):
        return ""
    return " › ".join(profile.text(each.name, i18n.language()) for each in path)


def _end(item: Publication) -> str:
    if item.valid_until is None:
        return ""
    text = _("Was valid until {day}") if is_over(item) else _("Valid until {day}")
    return text.format(day=formats.full_day(item.valid_until))
