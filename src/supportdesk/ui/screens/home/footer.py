"""How to reach the vendor, below the tiles."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from supportdesk.app.home import Contact
from supportdesk.domain import videos
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.foot import mark_as_foot
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel, plain_tooltip

_NARROW, _HOURS_FROM = 800, 640
_BESIDE, _STACKED = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class HomeFooter(QFrame):
    link_requested = Signal(str)
    video_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contact = Contact("", "", "", "")
        self.setProperty("kind", "footer")
        space = theme().space
        self._line = row(self, gap=space.s)
        self._icon = IconLabel("phone", role="accentText")
        self._phone = TextLabel(strong=True)
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hours = TextLabel(tone="muted")
        self._video = button("", kind="link", icon="circle-play")
        self._portal = button("", kind="link", icon="external-link")
        call, links = row(gap=space.s), row(gap=2 * space.s)
        call.addWidget(self._icon)
        call.addWidget(self._phone)
        call.addSpacing(space.s)
        call.addWidget(self._hours)
        call.addStretch(1)
        links.addWidget(self._video)
        links.addWidget(self._portal)
        links.addStretch(1)
        self._call = call
        mark_as_foot(self)
        self._line.addLayout(call, 1)
        self._line.addLayout(links)
        self._video.clicked.connect(self._open_video)
        self._portal.clicked.connect(self._open_portal)
        theme().changed.connect(self._fit)

    def set_contact(self, contact: Contact) -> None:
        self._contact = contact
        self._phone.setText(_("Support {phone}").format(phone=contact.phone))
        self._hours.setText(contact.hours)
        self._video.setText(_("Video help"))
        where = videos.host(contact.video_help) or contact.video_help
        self._video.setToolTip(plain_tooltip(where))
        self._video.setAccessibleDescription(where)
        self._portal.setText(_("Web portal"))
        self._icon.setVisible(bool(contact.phone))
        self._phone.setVisible(bool(contact.phone))
        self._video.setVisible(bool(contact.video_help))
        self._portal.setVisible(bool(contact.web_portal))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Hours give way before the links do; these go into a line of their own."""
        look = theme()
        narrow = self.width() < _NARROW
        margin = look.space.page_margin_narrow if narrow else look.space.page_margin
        self._hours.setVisible(bool(self._contact.hours) and self.width() >= look.scaled(_HOURS_FROM))
        line = look.height.footer - (look.space.s if narrow else 0)
        stacked = self._wanted_width() + margin + margin - look.space.s > self.width()
        outside = look.space.s if stacked else 0
        self._line.setContentsMargins(margin - outside, 0, margin - look.space.s, 0)  # a link's ring
        self._call.setContentsMargins(outside, 0, 0, 0)
        self._line.setDirection(_STACKED if stacked else _BESIDE)
        self.setFixedHeight(2 * line if stacked else line)

    def _wanted_width(self) -> int:
        """Of all in one line, without margins."""
        parts = (self._icon, self._phone, self._hours, self._video, self._portal)
        shown = [part.sizeHint().width() for part in parts if not part.isHidden()]
        return sum(shown) + len(shown) * 2 * theme().space.s

    @Slot()
    def _open_video(self) -> None:
        self.video_requested.emit(self._contact.video_help)

    @Slot()
    def _open_portal(self) -> None:
        self.link_requested.emit(self._contact.web_portal)
