"""What all pages of the sign-in window have in common."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk.app.sign_in import SignInState


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
