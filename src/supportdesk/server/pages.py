"""The few pages for browsers: small, and nothing is loaded from anywhere."""

import base64
import hashlib
from html import escape

from litestar import MediaType, Response

from supportdesk.i18n import language

_STYLE = """\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 15vh auto 0; padding: 0 1.5rem; }
code { display: block; font-size: 1.5rem; letter-spacing: .05em; margin: 1.5rem 0; }
a { display: inline-block; padding: .6rem 1.2rem; border: 2px solid; border-radius: 6px; color: inherit; }
"""


def page(heading: str, body: str, script: str = "") -> Response[str]:
    """`heading` is text, `body` is HTML."""
    heading = escape(heading)
    text = f"""<!doctype html>
<html lang="{language()}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{heading}</title><style>{_STYLE}</style></head>
<body><main>
<h1>{heading}</h1>
{body}
</main>{f"<script>{script}</script>" if script else ""}</body></html>
"""
    return Response(text, headers=_headers(script), media_type=MediaType.HTML)


def _headers(script: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": (
            f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(_STYLE)}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        "Content-Language": language(),
        "Vary": "Accept, Accept-Language",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
