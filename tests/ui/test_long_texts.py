"""What is absurdly long costs no time, pushes nothing aside, and can still be read whole."""

from time import thread_time

from PySide6.QtWidgets import QApplication

from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.answer_button import AnswerButton
from supportdesk.ui.widgets.text_label import TextLabel

WORD = "W" * 20_000


def test_a_long_word_goes_on_in_the_next_line(qapp: QApplication) -> None:
    """The label may be narrow all the same; a long word of a language stays whole."""
    theme()
    assert TextLabel(WORD, wrap=True).minimumSizeHint().width() < 100
    of_a_form = TextLabel("Datenschutzgrundverordnung", wrap=True)
    assert of_a_form.minimumSizeHint().width() >= of_a_form.sizeHint().width()


def test_an_answer_lays_out_the_beginning_of_its_title(qapp: QApplication) -> None:
    """In no time, a few lines high; the rest is in its tool tip and for screen readers."""
    theme()
    began = thread_time()
    answer = AnswerButton(WORD, "Article", "book-open", role="accentText")
    answer.resize(300, answer.heightForWidth(300))
    answer.grab()
    assert thread_time() - began < 5  # it was 20
    assert answer.height() < 40 * theme().line_height()
    assert answer.toolTip() == f'<p style="white-space:pre-wrap">{WORD}</p>'
    assert answer.accessibleName() == WORD
