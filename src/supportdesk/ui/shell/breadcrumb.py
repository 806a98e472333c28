"""The path from Home to where the customer is."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supportdesk.app.navigation import Crumb
from supportdesk.i18n import _
from supportdesk.ui.shell.crumb_link import CrumbLink
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.focus_order import stops_around
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import clear_layout, row
from supportdesk.ui.widgets.text_label import ElidedLabel


class Breadcrumb(QWidget):
    """Never wraps: without room first the middle parts collapse to '…', then all but the last."""

    requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._crumbs: tuple[Crumb, ...] = ()
        self._shown: tuple[Crumb, ...] = ()
        self._line = row(self, gap=theme().space.xs)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(theme().scaled(96))

    def set_crumbs(self, crumbs: tuple[Crumb, ...]) -> None:
        self._crumbs = crumbs
        self.setAccessibleName(" › ".join(crumb.text for crumb in crumbs))
        self._shown = self._fitting()
        self._fill()

    def wanted_width(self) -> int:
        """With every part whole."""
        return self._width_of(self._crumbs)

    def _width_of(self, crumbs: tuple[Crumb, ...]) -> int:
        if not crumbs:
            return 0
        space, metrics = theme().space, self.fontMetrics()
        around = 2 * space.xs + 2 * self._line.spacing() + theme().icon_size.small
        *links, last = crumbs
        strong = QFontMetrics(theme().font(strong=True))
        return (
            sum(metrics.horizontalAdvance(crumb.text) + around for crumb in links)
            + strong.horizontalAdvance(last.text)
            + space.s
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        shown = self._fitting()
        if shown != self._shown:
            self._shown = shown
            self._fill()

    def _fitting(self) -> tuple[Crumb, ...]:
        """The most that fits whole; what is last is elided where even that is too long."""
        first, last = self._crumbs[:1], self._crumbs[-1:]
        above = tuple(Crumb("…", each.route) for each in self._crumbs[-2:-1])
        ways = (self._crumbs, first + above + last, above + last, last)
        return next((way for way in ways if self._width_of(way) <= self.width()), ways[-1])

    def _fill(self) -> None:
        clear_layout(self._line)
        before, parts = self._stop_before(), list[QWidget]()
        for crumb in self._shown[:-1]:
            parts += [self._link(crumb), IconLabel("chevron-right", role="muted", size=16)]
        parts += [ElidedLabel(crumb.text, strong=True) for crumb in self._shown[-1:]]
        for part in parts:
            self._line.addWidget(part, 1 if part is parts[-1] else 0)
            if isinstance(part, CrumbLink):
                QWidget.setTabOrder(before, part)  # else Tab comes here after everything made earlier
                before = part
        # Shown at once: Qt would do it later, and not where the path is filled again before. Showing lays out
        # the bar, and that may fill the path again: what is no part of it any more stays hidden.
        for part in parts:
            if self._line.indexOf(part) >= 0:
                part.show()

    def _stop_before(self) -> QWidget:
        """Where Tab stops before the path: Qt chains only what takes the focus."""
        bar = self.parentWidget()
        return next(iter(stops_around(self, bar) if bar is not None else []), self)

    def _link(self, crumb: Crumb) -> CrumbLink:
        link = CrumbLink(crumb.text)
        name = self._crumbs[-2].text if crumb.text == "…" else crumb.text
        link.setAccessibleName(_("Go to {place}").format(place=name))
        link.clicked.connect(partial(self.requested.emit, crumb.route))
        return link
