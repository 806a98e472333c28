"""Each request is answered in the language that its client prefers."""

import re
from functools import lru_cache

from supportdesk.i18n import best_language, speaking
from supportdesk.server.asgi import Application, Receive, Scope, Send, header

_CHOICE = re.compile(
    r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)
_MAX_CHARS = 200


class Languages:
    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with speaking(_best(header(scope, b"accept-language"))):
            await self._app(scope, receive, send)


@lru_cache(maxsize=256)
def _best(accepted: str) -> str:
    """Looks for catalogues on the disk, while a few thousand clients say the same few things."""
    return best_language(preferred(accepted))


def preferred(accepted: str) -> list[str]:
    """The languages of an Accept-Language header, best first; what cannot be read is left out."""
    found = [_CHOICE.fullmatch(choice) for choice in accepted[:_MAX_CHARS].split(",")]
    weighed = [(float(match[2] or 1), match[1]) for match in found if match]
    return [language for weight, language in sorted(weighed, key=_weight, reverse=True) if weight > 0]


def _weight(choice: tuple[float, str]) -> float:
    return choice[0]
