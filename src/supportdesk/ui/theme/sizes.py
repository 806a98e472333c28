"""The tokens' heights and icon sizes, grown for the text size in use."""

import msgspec

from supportdesk.ui.theme.fonts import Fonts
from supportdesk.ui.theme.tokens import Height, IconSize, TypeSize

# What grows with the text inside a height: the rest is padding. One line of body where nothing else is said.
_GROWING_PIXELS = {
    "chip": 16,
    "badge": 16,
    "list_row": 20 + 24,
    "tile": 28 + 24 + 20,
    "tile_compact": 24 + 20,
}


def grown_heights(heights: Height, fonts: Fonts, body: TypeSize) -> Height:
    """Each height as its token, or with room for the text where that is larger."""
    growth = fonts.line_height("body") / body.line - 1
    return msgspec.structs.replace(
        heights,
        **{
            name: value + round(_GROWING_PIXELS.get(name, body.line) * growth)
            for name, value in msgspec.structs.asdict(heights).items()
        },
    )


def grown_icons(icons: IconSize, scale: float) -> IconSize:
    return msgspec.structs.replace(
        icons,
        small=round(icons.small * scale),
        control=round(icons.control * scale),
        tile=round(icons.tile * scale),
        state=round(icons.state * scale),
    )
