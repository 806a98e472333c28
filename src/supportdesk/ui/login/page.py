"""What all pages of the sign-in window have in common."""

from PySide6.QtWidgets import QWidget

from supportdesk.app.sign_in import SignInState


class LoginPage(QWidget):
    def render_state(self, state: SignInState) -> None:
        """Also while another page is shown."""

    def retranslate(self) -> None:
        """The language changed: set all texts again."""

    def take_focus(self) -> None:
        """The page was turned to: puts the focus where the person goes on."""
