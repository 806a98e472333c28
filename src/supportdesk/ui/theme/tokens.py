"""The design tokens of `resources/themes/tokens.json`; sizes in logical pixels at 100 % text size."""

from functools import cache
from typing import TypeAlias

import msgspec

from supportdesk import resources

Roles: TypeAlias = dict[str, str]
Pair: TypeAlias = tuple[str, str, float]


class _Record(msgspec.Struct, frozen=True, rename="camel"):
    pass


class Space(_Record, frozen=True):
    xs: int
    s: int
    m: int
    l: int  # noqa: E741 - the size between m and xl
    xl: int
    xxl: int
    xxxl: int
    page_margin: int
    page_margin_narrow: int
    tile_gap: int
    field_gap: int
    label_gap: int


class TypeSize(_Record, frozen=True):
    size: int
    line: int


class Type(_Record, frozen=True):
    caption: TypeSize
    body: TypeSize
    emphasis: TypeSize
    section: TypeSize
    title: TypeSize
    measure: int
    """Characters of a line of running text that is easy to read."""


class Radius(_Record, frozen=True):
    card: int
    field: int
    button: int
    chip: int
    tag: int


class Border(_Record, frozen=True):
    focus: int
    focus_offset: int
    focus_high_contrast: int


class Height(_Record, frozen=True):
    menu_bar: int
    top_bar: int
    footer: int
    action_bar: int
    button: int
    button_small: int
    button_large: int
    field: int
    icon_button: int
    chip: int
    badge: int
    tree_row: int
    menu_item: int
    table_header: int
    table_row: int
    list_row: int
    step_header: int
    tile: int
    tile_compact: int
    tab: int


class IconSize(_Record, frozen=True):
    """Edge lengths; the strokes are those of the drawing at 100 %."""

    small: int
    control: int
    tile: int
    state: int
    stroke_small: float
    stroke_control: float
    stroke_tile: float


class Motion(_Record, frozen=True):
    """Milliseconds."""

    hover: int
    state: int
    panel: int
    toast_visible: int
    skeleton_delay: int


class Annotation(_Record, frozen=True):
    red: str
    yellow: str
    green: str
    blue: str
    black: str
    widths: tuple[int, ...]
    black_out: str


class Document(_Record, frozen=True):
    required_field: str
    required_border: str
    field: str
    field_border: str
    text: str


class ProfileAccent(_Record, frozen=True):
    """A reference profile's brand colour and the roles the accent rule makes of it."""

    name: str
    brand: str
    light: Roles
    dark: Roles


class ProfilePairs(_Record, frozen=True):
    light: tuple[Pair, ...]
    dark: tuple[Pair, ...]


class Contrast(_Record, frozen=True):
    """Foreground role, background role, least ratio."""

    light: tuple[Pair, ...]
    dark: tuple[Pair, ...]
    high_contrast: tuple[Pair, ...]
    document: tuple[Pair, ...]
    profiles: ProfilePairs


class Tokens(_Record, frozen=True):
    color: dict[str, Roles]
    profiles: dict[str, ProfileAccent]
    space: Space
    type: Type
    radius: Radius
    border: Border
    height: Height
    icon: IconSize
    motion: Motion
    annotation: Annotation
    document: Document
    contrast: Contrast


@cache
def tokens() -> Tokens:
    return msgspec.json.decode(resources.path("themes", "tokens.json").read_bytes(), type=Tokens)
