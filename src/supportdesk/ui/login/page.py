"""What all pages of the sign-in window have in common."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from supportdesk.app.sign_in_state import SignInState
from supportdesk.ui.widgets.steady_scroll import SteadyScroll


class LoginPage(QWidget):
    def render_state(self, state: SignInState) -> None:
        """Also while another page is shown."""

    def retranslate(self) -> None:
        """The language changed: set all texts again."""

    def take_focus(self) -> None:
        """The page was turned to: puts the focus where the person goes on."""


class PageStack(QStackedWidget):
    """As high as the page that is shown: a long one must not let the short ones scroll."""

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        if page is not None and page.hasHeightForWidth():
            return page.heightForWidth(width)
        return super().heightForWidth(width)

    def whole_height(self, width: int) -> int:
        """At which nothing of the page has to scroll."""
        wanted = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        return max(wanted, self.minimumSizeHint().height())


class PageScroll(SteadyScroll):
    """Around the pages. Qt alone would keep a bar that is needed only for the room that it takes itself."""

    def __init__(self, stack: PageStack) -> None:
        super().__init__()
        self._pages = stack
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the focus and scrolls it
        self.setWidget(stack)
        self.viewport().setAutoFillBackground(False)
        stack.setAutoFillBackground(False)

    def fit_bar(self) -> None:
        policy = Qt.ScrollBarPolicy
        fits = self._pages.whole_height(self.width()) <= self.height()
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_bar()
