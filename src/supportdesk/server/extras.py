"""How what is missing is added: as the manual installs it."""

from supportdesk.i18n import _


def command(extra: str) -> str:
    return f"pip install '.[server,{extra}]' -c constraints.txt"


def advice(extra: str) -> str:
    """What to do about libraries that are not installed."""
    return _("In the folder of the sources, add it with {command}.").format(command=command(extra))
