"""A question in place, over the window: what happens, and two buttons that say it."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from supportdesk.ui.shell.overlay import Overlay
from supportdesk.ui.theme import theme
from supportdesk.ui.theme.button_style import ButtonKind
from supportdesk.ui.widgets.button import Button, button
from supportdesk.ui.widgets.layouts import column, row
from supportdesk.ui.widgets.text_label import SectionLabel, TextLabel


class Question(Overlay):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=480, top=160)
        self._then: Callable[[], object] | None = None
        self._build()

    def ask(
        self,
        title: str,
        text: str,
        *,
        yes: str,
        no: str,
        then: Callable[[], object],
        detail: str = "",
        kind: ButtonKind = "primary",
        icon: str | None = None,
    ) -> None:
        """`then` runs when the person agrees. `kind` and `icon` are those of the agreeing button.

        What is dangerous stands away from where one usually agrees: a hasty second click must not reach it.
        """
        self._then = then
        self.panel.setAccessibleName(title)
        self._title.setText(title)
        self._text.setText(text)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._yes.setText(yes)
        self._yes.set_kind(kind)
        self._yes.set_icon(icon)
        self._no.setText(no)
        self._no.set_kind("primary" if kind == "danger" else "secondary")
        first, last = (self._yes, self._no) if kind == "danger" else (self._no, self._yes)
        self._arrange(first, last, apart=kind == "danger")
        self.open()
        last.setFocus()

    def _arrange(self, first: Button, last: Button, *, apart: bool) -> None:
        """Also for the Tab key. `apart`: one at each side."""
        while self._buttons.takeAt(0) is not None:
            pass
        self._buttons.addWidget(first)
        self._buttons.insertStretch(1 if apart else 0, 1)
        self._buttons.addWidget(last)
        QWidget.setTabOrder(first, last)

    def _build(self) -> None:
        space = theme().space
        layout = column(self.panel, gap=space.s, margins=space.xl)
        self._title = SectionLabel()
        self._text = TextLabel(wrap=True)
        self._detail = TextLabel(kind="caption", tone="muted", wrap=True)
        for label in (self._title, self._text, self._detail):
            layout.addWidget(label)
        layout.addSpacing(space.l)
        self._yes, self._no = button("", kind="primary"), button("")
        self._buttons = row(gap=space.m)
        layout.addLayout(self._buttons)
        self._yes.clicked.connect(self._agree)
        self._no.clicked.connect(self.close_panel)

    @Slot()
    def _agree(self) -> None:
        then, self._then = self._then, None
        self.close_panel()
        if then is not None:
            then()
