"""Where the links in mails lead: a page that hands the code over to the program, or shows it."""

import base64
import hashlib
from html import escape

from litestar import Response, get
from litestar.di import NamedDependency

from supportdesk.i18n import _, language
from supportdesk.server.portal import Portal
from supportdesk.server.who import Who

# The code stands behind the '#', which browsers tell nobody: neither this server nor its logs ever see it.
_SCRIPT = """\
const code = decodeURIComponent(location.hash.slice(1)).toUpperCase();
if (/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/.test(code)) {
  document.getElementById("code").textContent = code;
  document.getElementById("open").href = "supportdesk://account?code=" + code;
  document.getElementById("found").hidden = false;
  document.getElementById("none").hidden = true;
}
"""
_STYLE = """\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 15vh auto 0; padding: 0 1.5rem; }
code { display: block; font-size: 1.5rem; letter-spacing: .05em; margin: 1.5rem 0; }
a { display: inline-block; padding: .6rem 1.2rem; border: 2px solid; border-radius: 6px; color: inherit; }
"""


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src {_digest(_SCRIPT)}; style-src {_digest(_STYLE)}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@get("/go", who=Who.PUBLIC, include_in_schema=False, media_type="text/html")
async def go(portal: NamedDependency[Portal]) -> Response[str]:
    """Nothing of the request stands in it, and nothing is loaded from anywhere."""
    vendor = escape(portal.profile.name)
    page = f"""<!doctype html>
<html lang="{language()}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{vendor}</title><style>{_STYLE}</style></head>
<body><main>
<h1>{vendor}</h1>
<div id="found" hidden>
<p>{escape(_("Your code:"))}</p>
<code id="code"></code>
<p><a id="open" href="#">{escape(_("Open SupportDesk"))}</a></p>
<p>{escape(_("If nothing opens, enter the code in SupportDesk."))}</p>
</div>
<p id="none">{escape(_("Open the link from your mail, or enter the code from it in SupportDesk."))}</p>
</main><script>{_SCRIPT}</script></body></html>
"""
    return Response(page, headers=_HEADERS, media_type="text/html; charset=utf-8")
