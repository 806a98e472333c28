"""How to reach the vendor, below the tiles."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from supportdesk.app.home import Contact
from supportdesk.domain import videos
from supportdesk.i18n import _
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.button import button
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import row
from supportdesk.ui.widgets.text_label import TextLabel, plain_tooltip

_NARROW, _HOURS_FROM = 800, 640


class HomeFooter(QFrame):
    link_requested = Signal(str)
    video_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contact = Contact("", "", "", "")
        self.setProperty("kind", "footer")
        self._line = row(self, gap=theme().space.s)
        self._icon = IconLabel("phone", role="accentText")
        self._phone = TextLabel(strong=True)
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hours = TextLabel(tone="muted")
        self._video = button("", kind="link", icon="circle-play")
        self._portal = button("", kind="link", icon="external-link")
        self._line.addWidget(self._icon)
        self._line.addWidget(self._phone)
        self._line.addSpacing(theme().space.s)
        self._line.addWidget(self._hours)
        self._line.addStretch(1)
        self._line.addWidget(self._video)
        self._line.addSpacing(theme().space.s)
        self._line.addWidget(self._portal)
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
        """Hours give way before the links do."""
        look = theme()
        narrow = self.width() < _NARROW
        margin = look.space.page_margin_narrow if narrow else look.space.page_margin
        self._line.setContentsMargins(margin, 0, margin - look.space.s, 0)  # a link's ring stands outside
        self.setFixedHeight(look.height.footer - (look.space.s if narrow else 0))
        self._hours.setVisible(bool(self._contact.hours) and self.width() >= look.scaled(_HOURS_FROM))

    @Slot()
    def _open_video(self) -> None:
        self.video_requested.emit(self._contact.video_help)

    @Slot()
    def _open_portal(self) -> None:
        self.link_requested.emit(self._contact.web_portal)
