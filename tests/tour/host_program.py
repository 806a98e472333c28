"""A practice program of an invented vendor, as the one that customers take pictures of.

`python -m tests.tour.host_program [en|de]` covers the screen with it; the same picture can be drawn without a
window, where no other program's window can be captured.
"""

import sys
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

WIDTH, HEIGHT = 1280, 800
PAGE = QRectF(250, 96, 860, 572)
"""Where the prescription is, with the message over it."""
PATIENT = QRectF(256, 164, 280, 28)
MESSAGE = QRectF(452, 300, 440, 168)
_INK, _FAINT, _LINE = QColor("#1c2530"), QColor("#5d6b78"), QColor("#c3cfd8")
_BAR, _BLUE, _PALE, _STRIPE = QColor("#24435a"), QColor("#246390"), QColor("#dce5ec"), QColor("#eef1f4")
_WHITE, _PAPER, _ALARM = QColor("#ffffff"), QColor("#edf1f4"), QColor("#b3342a")


@dataclass(frozen=True)
class Words:
    tools: tuple[str, ...]
    waiting: str
    page: str
    reminders: str
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    notes: tuple[str, ...]
    message: tuple[str, str, str, str]
    buttons: tuple[str, str]
    foot: tuple[str, str]


WORDS = {
    "en": Words(
        tools=("Patients", "Calendar", "Prescription", "Findings", "Letters", "Billing", "Print", "Tools"),
        waiting="Waiting room (12)",
        page="Prescription",
        reminders="Reminders (0)",
        labels=("Patient", "Insurance", "Date", "Doctor"),
        columns=("Pos.", "Medicine", "Size", "Dose", "Note"),
        notes=("after meals", "", "in the evening"),
        message=(
            "Print",
            "The prescription could not be printed.",
            "Form “Rezept 1” does not match the paper size of printer",
            "“Tresen links”. (MD-2107)",
        ),
        buttons=("Details", "OK"),
        foot=("Preview", "Print (F9)"),
    ),
    "de": Words(
        tools=("Patienten", "Kalender", "Rezept", "Befunde", "Briefe", "Abrechnung", "Druck", "Extras"),
        waiting="Wartezimmer (12)",
        page="Rezept",
        reminders="Merkzettel (0)",
        labels=("Patient", "Kasse", "Datum", "Ärztin"),
        columns=("Pos.", "Mittel", "Größe", "Dosis", "Hinweis"),
        notes=("nach dem Essen", "", "abends"),
        message=(
            "Drucken",
            "Das Rezept konnte nicht gedruckt werden.",
            "Formular „Rezept 1“ passt nicht zum Papier des Druckers",
            "„Tresen links“. (MD-2107)",
        ),
        buttons=("Details", "OK"),
        foot=("Vorschau", "Drucken (F9)"),
    ),
}
_PATIENTS = (
    ("Beispiel, Anna", "1950"), ("Muster, Tom", "1957"), ("Ahorn, Lina", "1964"), ("Birke, Paul", "1971"),
    ("Linde, Greta", "1978"), ("Erle, Jonas", "1985"), ("Ulme, Frieda", "1992"), ("Kiefer, Max", "1999"),
    ("Tanne, Ida", "2006"), ("Weide, Emil", "1953"), ("Espe, Nora", "1960"), ("Buche, Till", "1967"),
)  # fmt: skip
_FIELDS = ((256, 280, "Beispiel, Anna · 14.03.1957"), (548, 200, "Beispielkasse Nord"),
           (760, 110, "18.11.2025"), (882, 180, "Dr. Lindner"))  # fmt: skip
_COLUMNS_AT = (268, 316, 696, 816, 996)
_ROWS = (
    ("1", "Beispielol 20 mg", "N2 (50)", "1-0-1-0"),
    ("2", "Musteran 5 mg", "N3 (100)", "1-0-0-0"),
    ("3", "Lindenblüten-Tropfen", "50 ml", "0-0-0-1"),
)


def picture(language: str) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    _Drawing(painter, WORDS[language]).paint()
    painter.end()
    return image


class HostProgram(QWidget):
    def __init__(self, language: str) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint)
        self._picture = picture(language)
        self._told = False
        self.setWindowTitle("Medora 24.3")

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).drawImage(0, 0, self._picture)
        if not self._told:
            self._told = True
            print("shown", flush=True)


class _Drawing:
    def __init__(self, painter: QPainter, words: Words) -> None:
        self._painter = painter
        self._words = words
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self) -> None:
        self._painter.fillRect(0, 0, WIDTH, HEIGHT, _PAPER)
        self._title_bar()
        self._tool_bar()
        self._waiting_room()
        self._prescription()
        self._margin()
        self._message()
        self._task_bar()

    def _title_bar(self) -> None:
        self._fill(QRectF(0, 0, WIDTH, 32), _BAR)
        self._text(12, 21, "Medora 24.3 · Praxis am Lindenplatz · Beispiel, Anna", color=_WHITE)

    def _tool_bar(self) -> None:
        self._fill(QRectF(0, 32, WIDTH, 64), QColor("#e2e9ee"))
        for at, name in enumerate(self._words.tools):
            place = QRectF(8 + at * 88, 38, 84, 52)
            if name == self._words.page:
                self._box(place, QColor("#c6d6e2"), None)
            self._painter.setPen(QPen(_BLUE, 1.6))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRoundedRect(QRectF(place.center().x() - 9, 45, 18, 20), 3, 3)
            for line in range(3):
                y = 51 + line * 4
                self._painter.drawLine(QPointF(place.center().x() - 5, y), QPointF(place.center().x() + 5, y))
            self._text(place.x(), 82, name, 11, width=place.width(), align=Qt.AlignmentFlag.AlignHCenter)
        self._line(0, 95, WIDTH, _LINE)

    def _waiting_room(self) -> None:
        self._fill(QRectF(0, 96, 240, 664), _WHITE)
        self._fill(QRectF(0, 96, 240, 36), _STRIPE)
        self._text(12, 119, self._words.waiting, bold=True)
        for at, (name, year) in enumerate(_PATIENTS):
            top = 132 + at * 30
            if at == 0 or at % 2:
                self._fill(QRectF(0, top, 240, 30), _BLUE if at == 0 else _WHITE)
            else:
                self._fill(QRectF(0, top, 240, 30), _STRIPE)
            self._text(12, top + 20, name, color=_WHITE if at == 0 else _INK)
            color = _WHITE if at == 0 else _FAINT
            self._text(160, top + 20, year, color=color, width=68, align=Qt.AlignmentFlag.AlignRight)
        self._painter.fillRect(QRectF(239, 96, 1, 664), _LINE)

    def _prescription(self) -> None:
        words = self._words
        self._text(256, 128, words.page, 17, bold=True)
        for label, (left, width, value) in zip(words.labels, _FIELDS, strict=True):
            self._text(left, 158, label, 11, color=_FAINT)
            self._box(QRectF(left, 165, width, 26), _WHITE, _LINE)
            self._text(left + 9, 183, value)
        self._box(QRectF(256, 203, 848, 457), _WHITE, _LINE)
        self._fill(QRectF(257, 204, 846, 28), _PALE)
        for left, name in zip(_COLUMNS_AT, words.columns, strict=True):
            self._text(left, 223, name, bold=True)
        for at, row in enumerate(_ROWS):
            base = 252 + at * 30
            for left, value in zip(_COLUMNS_AT, (*row, words.notes[at]), strict=True):
                self._text(left, base, value)
            self._line(257, base + 10, 1103, _STRIPE)
        self._button(QRectF(884, 676, 104, 32), words.foot[0], primary=False)
        self._button(QRectF(996, 676, 108, 32), words.foot[1], primary=True)

    def _margin(self) -> None:
        """Beside the page: the reminders of the day, none."""
        self._fill(QRectF(1120, 96, 160, 664), _STRIPE)
        self._fill(QRectF(1120, 96, 1, 664), _LINE)
        self._text(1136, 119, self._words.reminders, bold=True)

    def _message(self) -> None:
        title, headline, first, second = self._words.message
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(0, 0, 0, 5))
        for spread in range(2, 26, 2):
            place = MESSAGE.adjusted(-spread, 8 - spread, spread, 8 + spread)
            self._painter.drawRoundedRect(place, spread, spread)
        self._box(MESSAGE, _WHITE, _BAR)
        self._fill(QRectF(MESSAGE.x(), MESSAGE.y(), MESSAGE.width(), 30), _BAR)
        self._text(465, 321, title, color=_WHITE)
        self._painter.setPen(QPen(_ALARM, 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawEllipse(QPointF(489, 367), 13.5, 13.5)
        for way in (1, -1):
            self._painter.drawLine(QPointF(485, 367 - 4 * way), QPointF(493, 367 + 4 * way))
        self._text(521, 365, headline, bold=True)
        self._text(521, 384, first)
        self._text(521, 403, second)
        self._button(QRectF(717, 428, 79, 28), self._words.buttons[0], primary=False)
        self._button(QRectF(804, 428, 71, 28), self._words.buttons[1], primary=True)

    def _task_bar(self) -> None:
        self._fill(QRectF(0, 760, WIDTH, 40), QColor("#141c24"))
        self._fill(QRectF(136, 766, 96, 28), QColor("#33424f"))
        self._text(148, 785, "Medora 24.3", color=_WHITE)
        clock = "DE      10:31 · 18.11.2025"
        self._text(1064, 785, clock, color=_WHITE, width=200, align=Qt.AlignmentFlag.AlignRight)

    # What everything is made of

    def _fill(self, place: QRectF, color: QColor) -> None:
        self._painter.fillRect(place, color)

    def _box(self, place: QRectF, fill: QColor, border: QColor | None) -> None:
        self._painter.fillRect(place, border or fill)
        if border is not None:
            self._painter.fillRect(place.adjusted(1, 1, -1, -1), fill)

    def _line(self, left: float, y: float, right: float, color: QColor) -> None:
        self._painter.fillRect(QRectF(left, y, right - left, 1), color)

    def _button(self, place: QRectF, text: str, *, primary: bool) -> None:
        self._box(place, _BLUE if primary else _WHITE, None if primary else _LINE)
        color = _WHITE if primary else _INK
        base, middle = place.center().y() + 5, Qt.AlignmentFlag.AlignHCenter
        self._text(place.x(), base, text, color=color, width=place.width(), align=middle)

    def _text(
        self, left: float, base: float, text: str, size_px: int = 13, *,
        bold: bool = False, color: QColor = _INK, width: float = 900,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        font = QFont("Inter")
        font.setPixelSize(size_px)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self._painter.setFont(font)
        self._painter.setPen(color)
        place = QRectF(left, base - size_px - 2, width, size_px + 8)
        self._painter.drawText(
            place, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text
        )


def main(arguments: list[str]) -> int:
    application = QApplication(["host_program"])
    window = HostProgram(arguments[0] if arguments else "en")
    window.setGeometry(0, 0, WIDTH, HEIGHT)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
