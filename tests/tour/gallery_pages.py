"""The pages of the gallery: every control, in states that a picture cannot wait for."""

import datetime
from typing import TypeVar

from PySide6.QtCore import QDate, QRect, QStringListModel, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFocusFrame,
    QListView,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from supportdesk.ui.theme import theme
from supportdesk.ui.theme.button_style import ButtonKind
from supportdesk.ui.widgets.action_bar import ActionBar
from supportdesk.ui.widgets.attachment_chip import AttachmentChip
from supportdesk.ui.widgets.avatar import Avatar
from supportdesk.ui.widgets.badge import Badge
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.button import Button, button, icon_button
from supportdesk.ui.widgets.card import Card
from supportdesk.ui.widgets.check_row import CheckRow
from supportdesk.ui.widgets.chip import Chip, chip_style, status_text
from supportdesk.ui.widgets.combo import Combo
from supportdesk.ui.widgets.date_field import DateField
from supportdesk.ui.widgets.divider import Divider
from supportdesk.ui.widgets.drop_area import DropArea
from supportdesk.ui.widgets.empty_state import EmptyState, ErrorState
from supportdesk.ui.widgets.flow_layout import FlowLayout
from supportdesk.ui.widgets.form_field import FormField
from supportdesk.ui.widgets.icon_label import IconLabel, IconWell, VendorMark
from supportdesk.ui.widgets.keycap import KeyCap
from supportdesk.ui.widgets.layouts import column, grid, row
from supportdesk.ui.widgets.line_edit import LineEdit
from supportdesk.ui.widgets.menu import Menu
from supportdesk.ui.widgets.nav_button import NavButton
from supportdesk.ui.widgets.password_field import PasswordField
from supportdesk.ui.widgets.pill import Pill
from supportdesk.ui.widgets.progress_line import ProgressLine
from supportdesk.ui.widgets.radio_choice import RadioChoice
from supportdesk.ui.widgets.row_button import RowButton
from supportdesk.ui.widgets.safe_text import SafeText
from supportdesk.ui.widgets.search_button import SearchButton
from supportdesk.ui.widgets.search_field import SearchField
from supportdesk.ui.widgets.segmented import SegmentedChoice
from supportdesk.ui.widgets.setting_row import SettingRow
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.step_header import StepHeader
from supportdesk.ui.widgets.switch import Switch
from supportdesk.ui.widgets.text_area import TextArea
from supportdesk.ui.widgets.text_label import PageTitle, SectionLabel, TextLabel
from supportdesk.ui.widgets.thumbnail import Thumbnail
from supportdesk.ui.widgets.tile import Tile
from supportdesk.ui.widgets.tree_choice import TreeChoice
from supportdesk.ui.widgets.tree_items import TreeItem

STATES = ("draft", "outbox", "needs_user", "new", "backlog", "in_progress", "question", "solved", "closed")
VENDORS = {
    "practice": ("Medora", "stethoscope"),
    "retail": ("Tallwerk", "shopping-cart"),
    "school": ("Pultura", "book-open"),
    "video": ("Argusfeld", "eye"),
    "orders": ("Velmark", "box"),
}
Some = TypeVar("Some", bound=QWidget)
Pressable = TypeVar("Pressable", bound=QAbstractButton)


def hovered(widget: Some) -> Some:
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    return widget


def pressed(widget: Pressable) -> Pressable:
    widget.setDown(True)
    return widget


def disabled(widget: Some) -> Some:
    widget.setEnabled(False)
    return widget


def ringed(widget: Some) -> Some:
    """With the keyboard's ring; several at once, which the program never has."""
    widget.setProperty("galleryRing", True)
    return widget


def show_rings(page: QWidget) -> list[QFocusFrame]:
    frames = []
    for widget in page.findChildren(QWidget):
        if widget.property("galleryRing"):
            frame = QFocusFrame()
            frame.setWidget(widget)
            frames.append(frame)
    return frames


def head(text: str) -> TextLabel:
    return TextLabel(text, kind="caption", strong=True, tone="muted")


def note(text: str) -> TextLabel:
    return TextLabel(text, kind="caption", tone="muted")


def below(widget: QWidget, text: str) -> QVBoxLayout:
    layout = column(gap=4)
    layout.addWidget(widget)
    layout.addWidget(note(text))
    layout.addStretch(1)
    return layout


# Components: the counterpart of the design's component sheet


def components(variant: str) -> QWidget:
    page = QWidget()
    layout = column(page, gap=8, margins=(32, 28, 32, 0))
    layout.addWidget(TextLabel(f"Components, {variant}", kind="section"))
    layout.addSpacing(12)
    layout.addWidget(head("Tile"))
    layout.addLayout(_tiles())
    layout.addSpacing(16)
    halves = row(gap=16)
    left, right = QWidget(), QWidget()
    left.setFixedWidth(560)
    _left_half(column(left, gap=8))
    _right_half(column(right, gap=8))
    halves.addWidget(left)
    halves.addWidget(right, 1)
    layout.addLayout(halves)
    layout.addStretch(1)
    return page


def _tiles() -> QVBoxLayout:
    tiles = row(gap=16)
    for tile, words in (
        (Tile("License keys", "Copy keys", "key-round"), "Rest"),
        (hovered(Tile("License keys", "Copy keys", "key-round")), "Hover"),
        (pressed(Tile("License keys", "Copy keys", "key-round")), "Pressed"),
        (ringed(Tile("License keys", "Copy keys", "key-round")), "Focus (keyboard)"),
    ):
        tile.setFixedWidth(196)
        tiles.addLayout(below(tile, words))
    tiles.addStretch(1)
    outer = column()
    outer.addLayout(tiles)
    return outer


_KINDS: tuple[tuple[str, str, ButtonKind], ...] = (
    ("Primary", "Next", "primary"),
    ("Secondary", "Back", "secondary"),
    ("Quiet", "Close", "quiet"),
    ("Danger", "Delete", "danger"),
)


def _left_half(layout: QVBoxLayout) -> None:
    layout.addWidget(head("Buttons: 36 high, 6 radius"))
    table = grid(gap=12)
    for at, words in enumerate(("Rest", "Hover", "Pressed", "Focus", "Disabled")):
        table.addWidget(note(words), 0, at + 1)
    for line, (words, text, kind) in enumerate(_KINDS, start=1):
        table.addWidget(note(words), line, 0)
        buttons = [Button(text, kind) for _state in range(5)]
        hovered(buttons[1])
        pressed(buttons[2])
        ringed(buttons[3])
        disabled(buttons[4])
        for at, made in enumerate(buttons, start=1):
            made.setFixedWidth(80)
            table.addWidget(made, line, at)
    table.setColumnMinimumWidth(0, 68)
    table.setColumnStretch(6, 1)
    layout.addLayout(table)
    layout.addSpacing(30)
    layout.addWidget(head("Fields: 36 high, 8 radius"))
    layout.addLayout(_fields())
    layout.addStretch(1)


def _fields() -> QVBoxLayout:
    fields = grid(gap=16)
    fields.setVerticalSpacing(10)
    focused = LineEdit("Lexa M210")
    focused.setObjectName("focused")
    wrong = LineEdit(placeholder="Model")
    wrong.setProperty("state", "error")
    wrong_field = column(gap=4)
    wrong_field.addWidget(wrong)
    sentence = row(gap=4)
    sentence.addWidget(IconLabel("circle-alert", role="danger", size=16))
    sentence.addWidget(TextLabel("Enter the model", kind="caption", tone="danger"), 1)
    wrong_field.addLayout(sentence)
    combo = Combo([("n", "Normal"), ("h", "High")])
    combo.set_value("n")
    fields.addLayout(below(LineEdit("Lexa M210"), "Rest"), 0, 0)
    fields.addLayout(below(focused, "Focus"), 0, 1)
    fields.addLayout(wrong_field, 0, 2)
    fields.addLayout(below(combo, "Combo"), 1, 0)
    fields.addLayout(below(disabled(LineEdit("Lexa M210")), "Disabled"), 1, 1)
    fields.addLayout(below(LineEdit(placeholder="For example M210"), "Placeholder"), 1, 2)
    for at in range(3):
        fields.setColumnMinimumWidth(at, 156)
    fields.setColumnStretch(3, 1)
    outer = column()
    outer.addLayout(fields)
    return outer


def chips() -> QWidget:
    box = QWidget()
    flow = FlowLayout(box, gap=8)
    for state in STATES:
        style = chip_style(state)
        flow.addWidget(Chip(status_text(state), tone=style.tone, icon=style.icon))
    return box


def _right_half(layout: QVBoxLayout) -> None:
    layout.addWidget(head("Status chips, always icon and words"))
    layout.addWidget(chips())
    layout.addSpacing(12)
    layout.addWidget(head("Badges, connection, key"))
    line = row(gap=8)
    for widget in (
        Badge("3"),
        Badge("2", filled=True),
        Badge("New"),
        hovered(Pill("Up to date", "cloud-check")),
        Pill("Offline: 2 waiting", "cloud-off", tone="warning"),
        KeyCap("Ctrl K"),
    ):
        line.addWidget(widget)
    line.addStretch(1)
    layout.addLayout(line)
    layout.addSpacing(12)
    layout.addWidget(head("Progress and segmented choice"))
    line = row(gap=26)
    progress = ProgressLine()
    progress.set_fraction(0.64)
    progress.setFixedWidth(240)
    line.addWidget(progress)
    line.addWidget(SegmentedChoice([("open", "Open"), ("closed", "Closed"), ("all", "All")]))
    line.addStretch(1)
    layout.addLayout(line)
    layout.addSpacing(12)
    layout.addWidget(head("Choice"))
    layout.addWidget(_choices())
    layout.addSpacing(12)
    layout.addWidget(head("Toast"))
    place = QWidget()
    place.setFixedHeight(80)
    place.setObjectName("toast place")
    layout.addWidget(place)
    layout.addStretch(1)


def _choices() -> QWidget:
    box = QWidget()
    line = row(box, gap=20)
    made: list[QAbstractButton] = [
        QCheckBox("Off"),
        QCheckBox("On"),
        ringed(QCheckBox("Focus")),
        QRadioButton("Off"),
        QRadioButton("On"),
        Switch("Off"),
        Switch("On"),
    ]
    for at, choice in enumerate(made):
        choice.setAutoExclusive(False)
        choice.setChecked(at in {1, 2, 4, 6})
        line.addWidget(choice)
    line.addStretch(1)
    return box


# One vendor's column of the accents page


def vendor_column(name: str, icon: str) -> QWidget:
    card = Card(tone="canvas", gap=12)
    card.setFixedSize(199, 310)
    card.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    top = row(gap=8)
    top.addWidget(VendorMark(icon=icon))
    top.addWidget(TextLabel(name, strong=True), 1)
    top.addWidget(Badge("2", filled=True))
    card.body.addLayout(top)
    tile = Tile("Report a problem", "", "message-square-warning", primary=True)
    tile.setFixedHeight(96)
    card.add(tile)
    buttons = row(gap=4)
    buttons.addWidget(button("Next", "primary", size="small"))
    buttons.addWidget(button("View", "quiet", size="small"))
    buttons.addStretch(1)
    card.body.addLayout(buttons)
    selected = NavButton("Selected", "inbox")
    selected.setChecked(True)
    card.add(selected)
    field = LineEdit("Focus")
    field.setObjectName("focused")
    card.add(field)
    card.body.addStretch(1)
    return card


# What a form is made of


def form(variant: str) -> QWidget:
    page = QWidget()
    layout = column(page)
    steps = StepHeader(["What is it about?", "What happened?", "Show us", "Check and send"])
    steps.set_state(1, 1)
    layout.addWidget(steps)
    halves = row(gap=32, margins=(32, 24, 32, 16))
    left, right = column(gap=16), column(gap=16)
    _form_left(left, variant)
    _form_right(right)
    halves.addLayout(left, 1)
    halves.addLayout(right, 1)
    layout.addLayout(halves, 1)
    bar = ActionBar()
    bar.set_note("Draft saved 10:32")
    bar.add_button("Close", "neutral")
    bar.add_button("Back")
    bar.add_button("Next", "primary")
    layout.addWidget(bar)
    return page


def _form_left(layout: QVBoxLayout, variant: str) -> None:
    layout.addWidget(SectionLabel(f"What happened? ({variant})"))
    area = TextArea(placeholder="What did you do, what did you expect?", min_lines=4)
    area.add_tool("image", "Picture")
    area.set_note("Pictures can be pasted here")
    area.set_text(
        "Since this morning the printer at the front desk pulls **A4**.\n\n- Tray 2\n- Room 2 works"
    )
    layout.addWidget(FormField("Description", area, required=True))
    pair = row(gap=16)
    model = FormField("Printer model", LineEdit(placeholder="For example Lexa M210"), required=True)
    model.set_error("Enter the model. It is on the front of the printer.")
    date = DateField()
    pair.addWidget(model, 1)
    pair.addWidget(FormField("Since when?", date, hint="Filled in by Medora 24.3"), 1)
    layout.addLayout(pair)
    choice = RadioChoice(cards=True)
    choice.set_options(
        [
            ("low", "Low", "A question, or a small fault you can work around."),
            ("normal", "Normal", "Your work is slower or harder than it should be."),
        ]
    )
    choice.set_value("normal")
    layout.addWidget(choice)
    layout.addStretch(1)


def _form_right(layout: QVBoxLayout) -> None:
    tree = TreeChoice(placeholder="Search modules")
    tree.set_items(
        [
            TreeItem(
                "rx", "Prescription", (TreeItem("a", "Printing and forms"), TreeItem("b", "Preprinted forms"))
            ),
            TreeItem("let", "Letters and documents", (TreeItem("c", "Printing serial letters"),)),
            TreeItem("gen", "General, or not sure"),
        ]
    )
    tree.set_value("a")
    tree.setObjectName("tree")
    layout.addWidget(FormField("Where does it happen?", tree, required=True))
    layout.addWidget(
        Banner(
            "Screen “Print”, message MD-2107 and the version are filled in for you.",
            title="Medora 24.3 handed over some details",
        )
    )
    layout.addWidget(
        Banner("No connection. What you see may be out of date.", tone="warning", icon="cloud-off")
    )
    layout.addWidget(SearchField("Search tickets"))
    password = PasswordField()
    password.setText("secret word")
    field = FormField("Password", password)
    field.set_note("Caps Lock is on")
    layout.addWidget(field)
    layout.addStretch(1)


# Cards, rows, pictures, text


def pieces(variant: str) -> QWidget:
    page = QWidget()
    page.setMinimumHeight(940)
    layout = column(page, gap=16, margins=(32, 24, 32, 24))
    layout.addWidget(PageTitle(f"Good morning, Jana ({variant})"))
    waiting = row(margins=0)
    card = Card(padding=0)
    card.body.addLayout(waiting)
    for at, (title, line, icon, tone) in enumerate(
        (
            ("Answer ticket #1042", "Medora asks for the printer model", "reply", "warning"),
            ("Confirm solution #1038", "Reopen possible until 2 December", "circle-check", "success"),
            ("Read by 1 January", "New form for e-prescriptions", "megaphone", "info"),
        )
    ):
        if at:
            waiting.addWidget(Divider(Qt.Orientation.Vertical, inset=16))
        waiting.addWidget(RowButton(title, line, icon, tone=tone, well=True), 1)
    layout.addWidget(card)
    halves = row(gap=32)
    left, right = column(gap=16), column(gap=16)
    _pieces_left(left)
    _pieces_right(right)
    halves.addLayout(left, 1)
    halves.addLayout(right, 1)
    layout.addLayout(halves, 1)
    return page


def _pieces_left(layout: QVBoxLayout) -> None:
    settings = Card(padding=(20, 4, 20, 4))
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(25)
    slider.setFixedWidth(160)
    on = Switch()
    on.setChecked(True)
    density = SegmentedChoice([("a", "Comfortable"), ("b", "Compact")])
    for at, (title, hint, control) in enumerate(
        (
            ("Text size", "Added to the text size of your system", slider),
            ("Row height in lists", "Compact shows about a third more tickets", density),
            ("Fewer movements", "Follows the system until you change it", Switch()),
            ("Tint the tray icon", "Helps when you use several portals", on),
        )
    ):
        if at:
            settings.add(Divider())
        settings.add(SettingRow(title, hint, control))
    layout.addWidget(settings)
    thumbs = QWidget()
    flow = FlowLayout(thumbs, gap=16)
    first = Thumbnail("printer-message.png", "312 KB · 1 black-out", editable=True)
    first.set_picture(_picture())
    first.setFixedWidth(246)
    second = Thumbnail("medora.log", "Last 200 lines · 48 KB", icon="file-code")
    second.setFixedWidth(246)
    flow.addWidget(first)
    flow.addWidget(second)
    layout.addWidget(thumbs)
    check = CheckRow(
        "Version of Medora and of Windows", caption="Always sent, so that the right person answers"
    )
    check.check.setProperty("state", "locked")
    check.check.setChecked(True)
    check.check.setEnabled(False)
    layout.addWidget(check)
    layout.addStretch(1)


def _pieces_right(layout: QVBoxLayout) -> None:
    layout.addWidget(
        SafeText(
            "Good morning Ms Wiebe, thank you for the picture.\n\n"
            "Please check **both trays**:\n\n- Tray 1: A4\n- Tray 2: `Form 16`\n\n"
            "See https://medora.example/trays for details."
        )
    )
    line = row(gap=8)
    attachment = AttachmentChip("printer-message.png", "312 KB")
    attachment.set_picture(_picture())
    line.addWidget(attachment)
    line.addWidget(AttachmentChip("prescription-sample.pdf", "1.4 MB"))
    line.addStretch(1)
    layout.addLayout(line)
    line = row(gap=12)
    for widget in (
        Avatar("Jana Wiebe"),
        Avatar("Tom Albrecht", neutral=True),
        IconWell("send", size=48),
        icon_button("copy", "Copy"),
        hovered(icon_button("bell", "Notifications")),
        IconLabel("loader-circle", role="accentText"),
        button("Choose files", icon="folder-open"),
        button("Web portal", "link", "external-link"),
    ):
        line.addWidget(widget)
    line.addStretch(1)
    layout.addLayout(line)
    search = SearchButton("Search or go to", "Ctrl K")
    layout.addWidget(search)
    skeleton = Skeleton("text", 3)
    skeleton.setFixedHeight(60)
    layout.addWidget(skeleton)
    compact = Tile("Your tickets", "5 open, also from colleagues", "inbox")
    compact.set_compact(True)
    compact.set_badge("2", filled=True)
    layout.addWidget(compact)
    layout.addStretch(1)


def empty(_variant: str) -> QWidget:
    page = QWidget()
    layout = row(page)
    nothing = EmptyState(
        "inbox", "No tickets yet", "What you report appears here, with every answer. Drafts too."
    )
    nothing.add_button("Report a problem", "primary", "message-square-warning")
    error = ErrorState(
        "The tickets could not be loaded",
        "Argusfeld answers, but its list of tickets is out of order at the moment. "
        "Your drafts and unsent reports are safe on this computer.",
    )
    error.add_button("Try again", "primary", "refresh-cw")
    error.add_button("Open web portal", icon="external-link")
    error.set_details("pull: HTTP 500")
    error.set_texts(
        "The tickets could not be loaded",
        "Argusfeld answers, but its list of tickets is out of order at the moment. "
        "Your drafts and unsent reports are safe on this computer.",
        "Next try by itself in 1 min · Urgent? Call 040 66969 210",
    )
    drop = DropArea("Drop files or pictures here", "Up to 10 files, 25 MB each. Pictures, PDF, text and ZIP.")
    for text, icon in (
        ("Capture screen", "scan"),
        ("Choose files", "folder-open"),
        ("Paste", "clipboard-paste"),
    ):
        drop.add_button(text, icon)
    right = column(margins=24)
    right.addWidget(drop)
    right.addWidget(nothing, 1)
    layout.addWidget(error, 1)
    layout.addLayout(right, 1)
    return page


def _picture() -> QImage:
    image = QImage(640, 400, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 640, 400)
    sky.setColorAt(0, QColor(220, 232, 240))
    sky.setColorAt(1, QColor(120, 160, 190))
    painter.fillRect(image.rect(), sky)
    painter.fillRect(QRect(180, 120, 280, 150), QColor("white"))
    painter.fillRect(QRect(180, 120, 280, 30), QColor(44, 95, 148))
    painter.end()
    return image


# What pops up, and Qt's own views


def popups(_variant: str) -> QWidget:
    page = QWidget()
    halves = row(page, gap=32, margins=32)
    left, right = column(gap=16), column(gap=16)
    left.addWidget(_table(), 1)
    left.addWidget(_tabs())
    right.addWidget(_spin())
    right.addWidget(_long_list(), 1)
    halves.addLayout(left, 1)
    halves.addLayout(right, 1)
    return page


def menu() -> Menu:
    made = Menu()
    made.entry("Copy number", made.close, icon="copy").setShortcut("Ctrl+Shift+C")
    made.entry("Reopen a ticket", made.close, icon="rotate-ccw")
    made.line()
    made.entry("Show closed tickets", made.close, checked=True)
    made.entry("Add files", made.close).setEnabled(False)
    made.submenu("Sort by").entry("Last change", made.close)
    made.setActiveAction(made.actions()[1])
    return made


def open_combo() -> Combo:
    combo = Combo([("n", "Normal"), ("h", "High"), ("l", "Low")])
    combo.set_value("n")
    combo.resize(200, 36)
    return combo


def calendar() -> QWidget:
    field = DateField()
    made = field.calendarWidget()
    made.setParent(None)
    made.setSelectedDate(QDate(2025, 11, 18))
    made.resize(made.sizeHint())
    field.deleteLater()
    return made


def _table() -> QTableView:
    model = QStandardItemModel(6, 3)
    model.setHorizontalHeaderLabels(["Name", "Role", "Last seen"])
    for at in range(6):
        for column_at, text in enumerate(("Tom Albrecht", "Colleague", "2 h ago")):
            model.setItem(at, column_at, QStandardItem(text))
    table = QTableView()
    model.setParent(table)
    table.setModel(model)
    table.setShowGrid(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme().height.table_row)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setFrameShape(QTableView.Shape.NoFrame)
    table.selectRow(1)
    return table


def _tabs() -> QTabWidget:
    tabs = QTabWidget()
    for name in ("Draw", "Type", "Picture"):
        tabs.addTab(QWidget(), name)
    tabs.setMaximumHeight(80)
    return tabs


def _spin() -> QWidget:
    box = QWidget()
    line = row(box, gap=12)
    spin = QSpinBox()
    spin.setValue(3)
    date = DateField()
    date.set_value(datetime.date(2025, 11, 18))
    for widget in (spin, date, QRadioButton("One"), QRadioButton("Other")):
        line.addWidget(widget)
    line.addStretch(1)
    return box


def _long_list() -> QListView:
    view = QListView()
    view.setModel(QStringListModel([f"Ticket {at}" for at in range(40)], view))
    view.setCurrentIndex(view.model().index(1, 0))
    return view
