"""The tones of chips, badges, banners and wells: a soft ground and the ink that reads on it."""

_INKS = {"accent": "accentText", "neutral": "muted"}
_ICONS = {
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
    "neutral": "info",
    "accent": "info",
}


def soft_role(tone: str) -> str:
    return f"{tone}Soft"


def ink_role(tone: str) -> str:
    return _INKS.get(tone, tone)


def icon_of(tone: str) -> str:
    """The drawing that says a tone without its colour."""
    return _ICONS[tone]
