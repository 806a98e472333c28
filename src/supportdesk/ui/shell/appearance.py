"""Brings the look in line with the settings."""

from typing import cast

from supportdesk.app.first_look import Values
from supportdesk.app.settings import DENSITY, FEWER_MOVEMENTS, TEXT_PERCENT, THEME
from supportdesk.ui.theme import ThemeMode, theme
from supportdesk.ui.theme.look import Density


def apply_appearance(values: Values, *, accent: str = "", changed: bool = False) -> None:
    """At the start the system decides about movements unless fewer are wanted; a change decides itself."""
    fewer = values.get(FEWER_MOVEMENTS)
    theme().apply(
        mode=cast(ThemeMode, values.get(THEME)),
        accent=accent or None,
        scale=values.get(TEXT_PERCENT) / 100,
        reduced_motion=fewer if changed or fewer else None,
        density=cast(Density, values.get(DENSITY)),
    )
