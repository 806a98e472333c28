"""All panes of Settings, and the sizes and contrasts people choose there."""

from supportdesk.app.settings import TEXT_PERCENT, THEME
from supportdesk.app.settings_panes import PANES
from tests.tour.guide import LEAST, USUAL, Guide

_SCREENS = ("home", "report", "tickets", "license_keys")


def settings(guide: Guide) -> None:
    for pane in PANES:
        guide.desktop.go("settings", pane=pane.id)
        guide.show(f"settings-{pane.id}")


def smallest(guide: Guide) -> None:
    guide.resize(LEAST)
    _walk(guide, "least", (*_SCREENS, "settings"))
    guide.resize(USUAL)


def largest_text(guide: Guide) -> None:
    chosen = guide.desktop.workspace.settings
    chosen.set(TEXT_PERCENT, 200)
    _walk(guide, "200-percent", (*_SCREENS, "settings", "information"))
    _ticket(guide, "200-percent")
    chosen.set(TEXT_PERCENT, 100)
    guide.resize(USUAL)


def high_contrast(guide: Guide) -> None:
    chosen = guide.desktop.workspace.settings
    before = chosen.get(THEME)
    chosen.set(THEME, "high-contrast")
    _walk(guide, "high-contrast", _SCREENS)
    _ticket(guide, "high-contrast")
    chosen.set(THEME, before)


def _walk(guide: Guide, manner: str, screens: tuple[str, ...]) -> None:
    for screen in screens:
        guide.desktop.go(screen, **({"new": "1"} if screen == "report" else {}))
        guide.show(f"{screen.replace('_', '-')}-{manner}")


def _ticket(guide: Guide, manner: str) -> None:
    guide.desktop.go("ticket", ticket_id=guide.ticket(lambda each: bool(each.number)).id)
    guide.show(f"ticket-{manner}")
