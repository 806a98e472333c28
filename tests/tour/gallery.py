"""Pictures of every control in every theme: `python -m tests.tour.gallery OUTDIR`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from supportdesk.ui.theme import ThemeMode, theme
from supportdesk.ui.theme.tokens import tokens
from supportdesk.ui.widgets.toast import Toast
from tests.tour import gallery_pages as pages

WIDTH, HEIGHT = 1120, 760
MODES: tuple[ThemeMode, ...] = ("light", "dark", "high-contrast")
PAGES: dict[str, Callable[[str], QWidget]] = {
    "components": pages.components,
    "form": pages.form,
    "pieces": pages.pieces,
    "empty": pages.empty,
    "popups": pages.popups,
}
_SETTLE_MS = 200  # the skeleton waits 150 ms before it appears


def main(folder: Path) -> list[Path]:
    """Everything at 100 %, the form also large, mirrored and at a fractional scale."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for mode in MODES:
        theme().apply(mode=mode, accent=tokens().profiles["practice"].brand, reduced_motion=True)
        for name, build in PAGES.items():
            written.append(_save(picture(build, mode), folder / f"{name}-{mode}.png"))
        for name, image in _open_popups().items():
            written.append(_save(image, folder / f"popup-{name}-{mode}.png"))
    theme().apply(mode="light")
    written.append(_save(picture(pages.form, "mirrored", mirrored=True), folder / "form-mirrored.png"))
    written.append(_save(picture(pages.pieces, "mirrored", mirrored=True), folder / "pieces-mirrored.png"))
    theme().apply(scale=2.0)
    written.append(_save(picture(pages.form, "200 %", size=(1920, 1400)), folder / "form-200-percent.png"))
    written.append(
        _save(picture(pages.pieces, "200 %", size=(1920, 1500)), folder / "pieces-200-percent.png")
    )
    theme().apply(scale=1.0)
    written.append(_save(_accents(), folder / "accents.png"))
    return written


def picture(
    build: Callable[[str], QWidget],
    variant: str,
    *,
    mirrored: bool = False,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> QImage:
    page = build(variant)
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    page.resize(*size)
    page.show()
    toast = _toast_on(page)
    _focus(page)
    rings = pages.show_rings(page)
    QTest.qWait(_SETTLE_MS)
    image = page.grab().toImage()
    for thing in (*rings, *toast, page):
        thing.deleteLater()
    QApplication.processEvents()
    return image


def _open_popups() -> dict[str, QImage]:
    """Each as it opens over the page."""
    menu, combo, calendar = pages.menu(), pages.open_combo(), pages.calendar()
    menu.popup(QPoint(20, 20))
    combo.show()
    combo.showPopup()
    calendar.show()
    QApplication.processEvents()
    opened = {"menu": menu, "combo": combo.view().window(), "calendar": calendar}
    images = {name: widget.grab().toImage() for name, widget in opened.items()}
    combo.hidePopup()
    for widget in (menu, combo, calendar):
        widget.deleteLater()
    return images


def _toast_on(page: QWidget) -> list[QWidget]:
    place = page.findChild(QWidget, "toast place")
    if place is None:
        return []
    QApplication.processEvents()
    toast = Toast("Draft deleted", tone="success", action="Undo", parent=page)
    toast.setGeometry(place.geometry().left() + 608, place.mapTo(page, QPoint()).y(), 480, 48)
    toast.move(place.mapTo(page, QPoint()))
    toast.show()
    return [toast]


def _focus(page: QWidget) -> None:
    page.activateWindow()
    for field in page.findChildren(QLineEdit, "focused"):
        field.setFocus(Qt.FocusReason.TabFocusReason)


def _accents() -> QImage:
    sheet = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    sheet.fill(QColor(tokens().color["light"]["canvas"]))
    painter = QPainter(sheet)
    for line, mode in enumerate(MODES[:2]):
        for at, (profile, (name, icon)) in enumerate(pages.VENDORS.items()):
            theme().apply(mode=mode, accent=tokens().profiles[profile].brand)
            card = pages.vendor_column(name, icon)
            card.show()
            _focus(card)
            QApplication.processEvents()
            painter.drawImage(32 + round(at * 214.7), 92 + line * 326, card.grab().toImage())
            card.deleteLater()
    painter.end()
    return sheet


def _save(image: QImage, file: Path) -> Path:
    image.save(str(file))
    return file


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([sys.argv[0]])
    for file in main(Path(sys.argv[1])):
        print(file)
