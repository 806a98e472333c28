"""A document of 100 pages: until its first page is painted, and scrolling it with a form over it."""

from functools import partial
from pathlib import Path
from time import perf_counter, thread_time

from PySide6.QtCore import QEventLoop, Qt, QTimer

from supportdesk.ui.document.pane import DocumentPane
from supportdesk.ui.document.sheets import Sheets
from supportdesk.ui.document.viewer import DocumentViewer
from supportdesk.ui.screens.document import DocumentScreen
from tests.bench.bare_pdf import PEER, first_page
from tests.bench.eye import Eye, clocked, hand_to_eye, watched
from tests.bench.measure import Line, Series
from tests.bench.papers import FIELDS_A_PAGE, FORM, PAGES, PLAIN, bring
from tests.bench.window import opened_anew, screen_of, window_on
from tests.bench.world import ACCOUNT, furnish
from tests.support.app import Desktop

_FRAME_MS = 16.7
_STEP = 40
"""Pixels a frame: two pages and more in a second."""
_lines = partial(hand_to_eye, "documents")


def lines(folder: Path, repeats: int) -> list[Line]:
    """`folder` is empty; it becomes the data folder."""
    furnish(folder, 0)
    files = bring(folder)
    with watched(Sheets) as eye, window_on(folder) as desktop:
        desktop.go("document", document_id=PLAIN)
        return [
            *_opened(desktop, eye, files[FORM], max(3, repeats // 2)),
            *_changed(desktop, eye, files, repeats),
            *_scrolled(desktop, rounds=repeats),
        ]


def _opened(desktop: Desktop, eye: Eye, file: Path, turns: int) -> list[Line]:
    """With its head, the conversation beside it and what there is to fill in."""
    shown = screen_of(desktop, DocumentScreen)

    def make() -> DocumentScreen:
        screen = DocumentScreen(shown.context)
        screen.open({"document_id": FORM})
        return screen

    bare = first_page(file, _pane(shown).viewer.size())
    took = opened_anew(desktop, eye, make, lambda screen: _shows_first(_pane(screen).viewer), bare, turns)
    return _lines(f"{PAGES} pages opened, all widgets made anew; floor: {PEER}", *took)


def _changed(desktop: Desktop, eye: Eye, files: dict[str, Path], repeats: int) -> list[Line]:
    """From one document to another."""
    pane = _pane(screen_of(desktop, DocumentScreen))
    mine, theirs = [], []
    for turn in range(repeats + 1):
        id = PLAIN if turn % 2 else FORM

        def is_there(id: str = id) -> bool:
            return pane.presenter.key[1] == id and _shows_first(pane.viewer)

        mine.append(eye.wait(partial(pane.open, ACCOUNT.id, id), is_there))
        theirs.append(clocked(first_page(files[id], pane.viewer.size())))
        desktop.settle()
    return _lines(f"{PAGES} pages in the place of others; floor: {PEER}", mine[1:], theirs[1:])


def _pane(screen: DocumentScreen) -> DocumentPane:
    pane = screen.findChild(DocumentPane)
    assert pane is not None
    return pane


def _shows_first(viewer: DocumentViewer) -> bool:
    """In its right size."""
    picture = viewer.pictures.picture(0)
    return (
        len(viewer.sheets.geometry_of_pages.sizes) == PAGES and picture is not None and not picture.isNull()
    )


def _scrolled(desktop: Desktop, rounds: int) -> list[Line]:
    """At 60 frames a second, as far with a form as without, in turn."""
    pane = _pane(screen_of(desktop, DocumentScreen))
    costs: dict[str, list[float]] = {FORM: [], PLAIN: []}
    for _round in range(rounds):
        for id in costs:
            pane.open(ACCOUNT.id, id)
            desktop.wait(lambda: _shows_first(pane.viewer), "the first page")
            desktop.settle()
            costs[id] += _frames(pane.viewer, 100)
    with_form, without = (Series(tuple(each)) for each in costs.values())
    name = f"of {len(with_form.values)}, {FIELDS_A_PAGE} fields a page; floor: no fields"
    return [
        Line(
            "documents: CPU of a frame while scrolling",
            f"p{percent} {name}",
            "ms",
            with_form,
            without,
            percent / 100,
            most=_FRAME_MS,
        )
        for percent in (50, 95, 99)
    ]


def _frames(viewer: DocumentViewer, count: int) -> list[float]:
    """What the thread of the window works for each, in milliseconds."""
    bar, loop, tick = viewer.verticalScrollBar(), QEventLoop(), QTimer(singleShot=True)
    tick.setTimerType(Qt.TimerType.PreciseTimer)
    tick.timeout.connect(loop.quit)
    costs = []
    for _frame in range(count):
        began, cpu = perf_counter(), thread_time()
        bar.setValue(bar.value() + _STEP)
        tick.start(max(0, round(_FRAME_MS - (perf_counter() - began) * 1000)))
        loop.exec()
        costs.append((thread_time() - cpu) * 1000)
    return costs
