"""The one style sheet: menus, tool tips, scroll bars, headers, tabs, plain frames.

Buttons, fields, choices, rows and rings are painted by `style`: QSS borders are fuzzy at 150 % and cannot
draw an icon in the colour of a state. Never both for the same thing.
"""

from collections.abc import Mapping
from string import Template

from PySide6.QtGui import QColor

from supportdesk.ui.theme.tokens import Height

_SHEET = Template("""
QMenuBar { background: $surface; color: $text; padding: 0 20px; min-height: ${menu_bar}px; border: 0;
        spacing: 0; }
QMenuBar::item { background: transparent; padding: 0 12px; margin: 2px 0; border-radius: 6px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $controlHover; color: $text; }
QMenuBar::item:disabled { color: $disabledText; }

QMenu { background: $raised; color: $text; border: 1px solid $hairline; border-radius: 8px; padding: 4px;
        menu-scrollable: 1; }
QMenu::item { background: transparent; padding: ${menu_pad}px 16px; border-radius: 6px; min-width: 140px; }
QMenu::item:selected { background: $controlHover; color: $text; }
QMenu::item:disabled { color: $disabledText; background: transparent; }
QMenu::icon { padding-left: 12px; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QMenu::indicator { width: 16px; height: 16px; left: 8px; }
QMenu::right-arrow { width: 16px; height: 16px; right: 8px; }

QToolTip { background: $raised; color: $text; border: 1px solid $tip; padding: 6px 8px; }

QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 16px; margin: 0; }
QScrollBar:horizontal { height: 16px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 4px; }
QScrollBar::handle:vertical { min-height: 40px; }
QScrollBar::handle:horizontal { min-width: 40px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $controlBorder; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: 0; }

QHeaderView { background: $canvas; border: 0; }
QHeaderView::section { background: $canvas; color: $muted; border: 0; border-bottom: 1px solid $hairline;
        padding: 0 12px; font-size: ${caption}px; font-weight: 600; min-height: ${header}px; }
QHeaderView[over="fields"]::section { padding: 0 6px; }
QTableCornerButton::section { background: $canvas; border: 0; border-bottom: 1px solid $hairline; }

QTabWidget::pane { border: 0; border-top: 1px solid $hairline; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $muted; border: 0; border-bottom: 2px solid transparent;
        padding: 0 12px; min-height: ${tab}px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $accentText; }
QTabBar::tab:focus { border-bottom: 2px solid $focus; }

QAbstractItemView { background: $surface; }
QAbstractItemView[paintsRows="true"] { background: transparent; }
QAbstractItemView[paintsRows="true"] QHeaderView, QAbstractItemView[paintsRows="true"] QHeaderView::section
        { background: transparent; }

QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: $surface; color: $muted; border: 0; }
QStatusBar::item { border: 0; }
QDialog { background: $surface; }

QFrame[kind="card"] { background: $surface; border: 1px solid $hairline; border-radius: 8px; }
QFrame[kind="panel"] { background: $raised; border: 1px solid $hairline; border-radius: 8px; }
QFrame[kind="bar"] { background: $surface; border: 0; border-bottom: 1px solid $hairline; }
QFrame[kind="footer"] { background: $surface; border: 0; border-top: 1px solid $hairline; }
QFrame[kind="surface"] { background: $surface; border: 0; }
QFrame[kind="canvas"] { background: $canvas; border: 0; }
QFrame[kind="sunken"] { background: $sunken; border: 0; border-radius: 8px; }

QComboBox QAbstractItemView { background: $raised; border: 1px solid $hairline; border-radius: 8px;
        padding: 4px; }
QCalendarWidget QWidget { background: $raised; }
QCalendarWidget QAbstractItemView { color: $text; border: 0; }
""")


def style_sheet(colors: Mapping[str, QColor], heights: Height, font_height: int, caption_px: int) -> str:
    """Qt's sheet knows no font metrics: everything that grows with the text is computed here."""
    names = {role: _css(color) for role, color in colors.items()}
    scroll = QColor(colors["controlBorder"])
    scroll.setAlphaF(0.55)
    return _SHEET.substitute(
        names,
        scroll=_css(scroll),
        tip=_css(colors["controlBorder"]),
        menu_bar=heights.menu_bar - 4,  # Qt gives the items the bar's height and adds their margins
        menu_pad=max(2, (heights.menu_item - font_height) // 2),
        header=heights.table_header - 1,
        tab=heights.tab - 2,
        caption=caption_px,
    )


def _css(color: QColor) -> str:
    return (
        color.name()
        if color.alpha() == 255
        else f"rgba({color.red()},{color.green()},{color.blue()},{color.alpha()})"
    )
