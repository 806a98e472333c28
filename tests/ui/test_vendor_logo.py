"""The vendor's mark shows the logo of the profile, or its icon."""

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from supportdesk.domain.profile import Profile
from supportdesk.domain.profile_files import bundled
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.icon_label import VendorMark

RED_SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="#f00"/></svg>'
)


def colour_at(mark: VendorMark, x: int, y: int) -> QColor:
    return mark.grab().toImage().pixelColor(x, y)


def test_a_logo_covers_the_mark_and_can_be_taken_back(qtbot: QtBot) -> None:
    """A drawing replaces the icon on the accent; without one the icon is back."""
    mark = VendorMark(size=28)
    qtbot.addWidget(mark)
    mark.resize(mark.sizeHint())
    mark.set_logo(RED_SQUARE)
    assert colour_at(mark, 14, 3) == QColor("#f00")
    mark.set_logo("")
    assert colour_at(mark, 14, 2) == theme().color("accent")


@pytest.mark.parametrize("profile", bundled(), ids=lambda profile: profile.id)
def test_the_icon_of_every_demo_vendor_can_be_drawn(qtbot: QtBot, profile: Profile) -> None:
    """Each bundled profile names an icon that travels with the program."""
    mark = VendorMark(icon=profile.logo.icon)
    qtbot.addWidget(mark)
    mark.resize(mark.sizeHint())
    image = mark.grab().toImage()
    assert len({image.pixel(x, 14) for x in range(image.width())}) > 1
