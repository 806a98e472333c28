"""One message: theirs on the left, one's own and the colleagues' on the right in the soft accent."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from supportdesk.app import ticket_words
from supportdesk.app.conversation import Said, Side
from supportdesk.domain.profile import Profile
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.conversation.file_row import FileRow
from supportdesk.ui.conversation.pictures import Pictures
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.painting import draw_box
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.icon_label import IconLabel
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.text_label import ElidedLabel, TextLabel, plain_tooltip

WIDEST = 560


class BubbleBox(QWidget):
    """The painted ground of a message; `own` ones stand on the right."""

    def __init__(self, *, own: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own = own
        self._limit()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        space = theme().space
        self.body: QVBoxLayout = column(self, gap=space.xs, margins=(space.l, space.m, space.l, space.m))

    def sizeHint(self) -> QSize:
        """As wide as its longest line wants, within the limit: short answers make small bubbles."""
        hint, widths = super().sizeHint(), self.natural_widths()
        wanted = max(widths) + 2 * theme().space.l + theme().space.xs if widths else hint.width()
        return QSize(min(self.maximumWidth(), wanted), hint.height())

    def natural_widths(self) -> list[int]:
        """Of the lines as long as they are when nothing wraps; none leaves it to the layout."""
        return []

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._limit()

    def _limit(self) -> None:
        self.setMaximumWidth(theme().scaled(WIDEST))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        plain = not self.own or theme().is_high_contrast
        draw_box(
            painter,
            self.rect(),
            fill=theme().color("accentSoft" if self.own else "surface"),
            border=theme().color("hairline" if not self.own else "accentText") if plain else None,
            radius=theme().radius.card,
        )


def line_widths(text: str) -> list[int]:
    """Of the lines of a message, in px."""
    metrics = QFontMetrics(theme().font("body"))
    return [metrics.horizontalAdvance(line) for line in text.splitlines()]


class Bubble(BubbleBox):
    """`link_requested` carries an address that the person wants to open."""

    link_requested = Signal(str)

    def __init__(
        self, entry: Said, profile: Profile, pictures: Pictures, parent: QWidget | None = None
    ) -> None:
        super().__init__(own=entry.side in (Side.OWN, Side.COLLEAGUE), parent=parent)
        self._entry = entry
        self._profile = profile
        self.files = FileRow(pictures)
        self._build()
        self.retranslate()

    def show_pictures(self, paths: dict[str, Path]) -> None:
        self.files.show_pictures(paths)

    def retranslate(self) -> None:
        entry = self._entry
        self._name.setText(_("You") if entry.side is Side.OWN else entry.name)
        self._role.setText(self._role_text())
        self._role.setVisible(bool(self._role.text()))
        self._time.setText(formats.time_of_day(entry.at))
        self._time.setToolTip(plain_tooltip(formats.exact(entry.at)))
        for label, record in zip(self._times, entry.times, strict=True):
            label.setText(ticket_words.time_text(record))
        head = ", ".join(
            part for part in (self._name.text(), self._role.text(), formats.exact(entry.at)) if part
        )
        self._text.setAccessibleName(_("Message from {who}").format(who=head))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def natural_widths(self) -> list[int]:
        head = self._who.natural_width() + theme().space.xl + self._time.sizeHint().width()
        files = self.files.natural_width()
        return [*line_widths(self._text.plain_text()), files, head, *self._time_widths()]

    def _time_widths(self) -> list[int]:
        icon = theme().icon_size.small + theme().space.s
        return [label.sizeHint().width() + icon for label in self._times]

    def _role_text(self) -> str:
        if self._entry.side is Side.VENDOR:
            return self._entry.job or _("{vendor} support").format(vendor=self._profile.short_name)
        return _("Your colleague") if self._entry.side is Side.COLLEAGUE else ""

    def _build(self) -> None:
        self._name = ElidedLabel(kind="caption", strong=True)
        self._role = ElidedLabel(kind="caption", tone="muted")
        self._time = TextLabel(kind="caption", tone="muted", tabular=True)
        self._who = FlowLayout(gap=theme().space.s)
        self._who.addWidget(self._name)
        self._who.addWidget(self._role)
        head = row(gap=theme().space.xl)
        head.addLayout(self._who, 1)
        head.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._text = SafeText(self._entry.body)
        self._text.link_requested.connect(self.link_requested)
        self.body.addWidget(self._text)
        self._text.setVisible(bool(self._entry.body.strip()))
        if self._entry.files:
            self.body.addSpacing(theme().space.xs)
        self.files.set_attachments(self._entry.files)
        self.body.addWidget(self.files)
        self.files.setVisible(bool(self._entry.files))
        self._times = [self._time_line() for _record in self._entry.times]

    def _time_line(self) -> TextLabel:
        line = row(gap=theme().space.s, margins=(0, theme().space.xs, 0, 0))
        label = TextLabel(kind="caption", tone="muted", wrap=True)
        line.addWidget(IconLabel("timer", role="muted", size=theme().icon_size.small))
        line.addWidget(label, 1)
        self.body.addLayout(line)
        return label
