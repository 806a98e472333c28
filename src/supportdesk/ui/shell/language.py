"""The language of the whole running program: its own texts, Qt's texts, the direction of reading."""

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from supportdesk import i18n
from supportdesk.app.first_look import Values
from supportdesk.app.language import speak_chosen
from supportdesk.ui import formats


class SpokenLanguage:
    """GUI thread only."""

    def __init__(self) -> None:
        self._application = running()
        self._translator: QTranslator | None = None

    def follow(self) -> None:
        """Brings Qt in line with `supportdesk.i18n` and lets every window set its texts again."""
        self._translate_qt()
        QLocale.setDefault(formats.locale())
        self._application.setLayoutDirection(_direction())
        tell_anew()

    def end(self) -> None:
        """Qt speaks its own language again."""
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None

    def _translate_qt(self) -> None:
        self.end()
        if i18n.language() == i18n.SOURCE_LANGUAGE:
            return
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{i18n.language()}", folder):
            self._application.installTranslator(translator)
            self._translator = translator


def _direction() -> Qt.LayoutDirection:
    right_to_left = i18n.is_right_to_left()
    return Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight


def speak(values: Values, spoken: SpokenLanguage) -> None:
    """Brings the running program into the language that is chosen."""
    speak_chosen(values)
    spoken.follow()


def tell_anew() -> None:
    """Every window sets its texts again."""
    for window in running().topLevelWidgets():
        QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def running() -> QApplication:
    """The application object; there is one wherever there are windows."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        message = "windows need a QApplication"
        raise TypeError(message)
    return application
