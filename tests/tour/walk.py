"""One walk through the whole job, in one appearance."""

import json
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from supportdesk.app.settings import LANGUAGE, THEME
from supportdesk.ui.shell.application import make_qt
from tests.support.app import running_app
from tests.tour import (
    chapter_account,
    chapter_documents,
    chapter_entry,
    chapter_follow,
    chapter_orders,
    chapter_reading,
    chapter_report,
    chapter_school,
    chapter_settings,
    chapter_subscriptions,
)
from tests.tour.album import Album
from tests.tour.connection import held_line
from tests.tour.guide import Guide
from tests.tour.variants import Variant

_NO_WINDOW_SYSTEM = "This plugin does not support"
"""What Qt says offscreen, where windows have nobody to raise them."""


def chapters(*, captures: bool) -> tuple[Callable[[Guide], None], ...]:
    def report(guide: Guide) -> None:
        chapter_report.report(guide, captures=captures)

    return (
        chapter_account.by_address,
        chapter_account.by_mail,
        chapter_account.without_account,
        chapter_entry.sign_in,
        chapter_entry.home,
        report,
        chapter_report.handed_over,
        chapter_report.report_offline,
        chapter_follow.tickets,
        chapter_follow.ticket,
        chapter_follow.close_and_reopen,
        chapter_follow.refused,
        chapter_reading.reading,
        chapter_reading.license_keys,
        chapter_settings.settings,
        chapter_account.own_account,
        chapter_settings.smallest,
        chapter_settings.largest_text,
        chapter_settings.high_contrast,
        chapter_follow.newcomer,
        chapter_documents.documents,
        chapter_subscriptions.subscriptions,
        chapter_orders.orders,
        chapter_account.colleagues,
        chapter_school.in_swedish,
    )


def walk(variant: Variant, pictures: Path, *, captures: bool, is_short: bool) -> int:
    """`captures`: another program covers the screen; `is_short`: see `Guide`.

    The exit code is 1 when Qt warned or a step failed.
    """
    with complaints() as complained, tempfile.TemporaryDirectory(prefix="tour-") as temporary:
        qt = make_qt()
        qt.setCursorFlashTime(0)
        folder = Path(temporary)
        (folder / "settings.json").write_text(
            json.dumps({THEME.key: variant.theme, LANGUAGE.key: variant.language}), "utf-8"
        )
        with held_line() as line, chapter_entry.keyring_at_hand(), running_app(folder) as desktop:
            guide = Guide(desktop, line, Album(pictures), variant, folder, is_short)
            try:
                for chapter in chapters(captures=captures):
                    chapter(guide)
            except AssertionError:
                traceback.print_exc()
                complained.append("the walk could not be finished")
    for complaint in complained:
        print(f"{variant.name}: {complaint}", flush=True)
    return 1 if complained else 0


@contextmanager
def complaints() -> Iterator[list[str]]:
    """What Qt warns of meanwhile."""
    found: list[str] = []

    def note(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        is_told = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not is_told and not text.startswith(_NO_WINDOW_SYSTEM):
            found.append(f"Qt warned: {text}")

    before = qInstallMessageHandler(note)
    try:
        yield found
    finally:
        qInstallMessageHandler(before)
