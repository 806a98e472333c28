"""What is wrong with a field is said in the language of the moment, also when that changes meanwhile."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from supportdesk import i18n
from supportdesk.app.answered_at_once import email_trouble
from supportdesk.ui.shell.language import SpokenLanguage
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.text_label import TextLabel


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    theme()
    yield
    i18n.set_language("en")
    SpokenLanguage().follow()


def said(field: FormField) -> list[str]:
    return [label.text() for label in field.findChildren(TextLabel)]


@pytest.mark.usefixtures("english")
def test_an_error_follows_the_language() -> None:
    """On the screen and for screen readers; sentences of the vendor stay as they came."""
    field = FormField("E-mail", QLineEdit())
    spoken = SpokenLanguage()
    field.set_error(email_trouble("nobody"))
    assert "Enter an e-mail address, with the part behind the @." in said(field)
    i18n.set_language("de")
    spoken.follow()
    QApplication.processEvents()
    german = i18n._("Enter an e-mail address, with the part behind the @.")
    assert not german.startswith("Enter")
    assert german in said(field)
    assert german in field.control.accessibleDescription()
    field.set_error("Meddelandet kom från leverantören.")
    assert "Meddelandet kom från leverantören." in said(field)
