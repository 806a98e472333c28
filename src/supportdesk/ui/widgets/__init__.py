"""The controls every screen is built from. Names are loaded when first used: a start needs only a few."""

from importlib import import_module
from typing import Any

_HOMES = {
    "action_bar": ("ActionBar",),
    "announce": ("announce", "set_accessible"),
    "attachment_chip": ("AttachmentChip",),
    "avatar": ("Avatar", "initials", "paint_avatar"),
    "badge": ("Badge", "badge_width", "paint_badge"),
    "banner": ("Banner",),
    "button": ("Button", "IconButton", "button", "icon_button"),
    "card": ("Card",),
    "check_row": ("CheckRow",),
    "chip": ("Chip", "ChipStyle", "chip_pixmap", "chip_size", "chip_style", "paint_chip", "status_text"),
    "combo": ("Combo",),
    "date_field": ("DateField",),
    "divider": ("Divider",),
    "drop_area": ("DropArea",),
    "empty_state": ("EmptyState", "ErrorState"),
    "flow_layout": ("FlowLayout",),
    "form_field": ("FormField",),
    "icon_label": ("IconLabel", "IconWell", "VendorMark"),
    "keycap": ("KeyCap",),
    "layouts": ("clear_layout", "column", "grid", "row"),
    "line_edit": ("LineEdit",),
    "nav_button": ("NavButton",),
    "page_layout": ("PageLayout",),
    "painted_button": ("PaintedButton",),
    "password_field": ("PasswordField",),
    "pill": ("Pill",),
    "priority_card": ("CardChoice", "PriorityCard"),
    "progress_line": ("ProgressLine",),
    "row_button": ("RowButton",),
    "safe_text": ("SafeText",),
    "search_button": ("SearchButton",),
    "search_field": ("SearchField",),
    "segmented": ("SegmentedChoice",),
    "setting_row": ("SettingRow",),
    "skeleton": ("Skeleton",),
    "step_header": ("StepHeader",),
    "switch": ("Switch",),
    "text_area": ("TextArea",),
    "text_label": (
        "ElidedLabel",
        "PageTitle",
        "SectionLabel",
        "TextLabel",
        "plain_label",
        "plain_tooltip",
    ),
    "thumbnail": ("Thumbnail",),
    "tile": ("Tile",),
    "toast": ("Toast", "ToastHost"),
    "tree_choice": ("TreeChoice", "TreeItem"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)  # noqa: PLE0605 - computed, so that a name stands here once


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
