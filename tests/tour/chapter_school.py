"""The school's portal as somebody sees it who speaks Swedish."""

from supportdesk.app.settings import LANGUAGE
from tests.tour.chapter_entry import go_to_demo
from tests.tour.guide import Guide

_SCREENS = ("home", "tickets", "report", "articles", "information", "settings")


def in_swedish(guide: Guide) -> None:
    chosen = guide.desktop.workspace.settings
    chosen.set(LANGUAGE, "sv")
    go_to_demo(guide, "school")
    for screen in _SCREENS:
        guide.desktop.go(screen)
        guide.show(f"swedish-{screen}")
    guide.desktop.go("ticket", ticket_id=guide.ticket(lambda each: bool(each.number)).id)
    guide.show("swedish-ticket")
    guide.show_extremes("swedish-ticket")
    chosen.set(LANGUAGE, guide.variant.language)
