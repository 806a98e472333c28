"""What browsers are shown: where the links in mails lead, and the address of the portal itself."""

from html import escape

from litestar import Response, get
from litestar.di import NamedDependency

from supportdesk.desk.mail.mail_texts import where_we_are
from supportdesk.domain.errors import NotFound
from supportdesk.i18n import _
from supportdesk.server.pages import page
from supportdesk.server.portal import Portal
from supportdesk.server.requests import AnyRequest
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


@get("/go", who=Who.PUBLIC, include_in_schema=False, media_type="text/html")
async def go(portal: NamedDependency[Portal]) -> Response[str]:
    """Hands the code over to the program, or shows it. Nothing of the request stands in the page."""
    # Not within the f-string: what collects the texts to translate does not look there.
    your_code, open_it = escape(_("Your code:")), escape(_("Open SupportDesk"))
    by_hand = escape(_("If nothing opens, enter the code in SupportDesk."))
    none = escape(_("Open the link from your mail, or enter the code from it in SupportDesk."))
    address = escape(where_we_are(portal.profile.name, portal.public_url))
    body = f"""<div id="found" hidden>
<p>{your_code}</p>
<code id="code"></code>
<p><a id="open" href="#">{open_it}</a></p>
<p>{by_hand}</p>
</div>
<p id="none">{none}</p>
<p>{address}</p>"""
    return page(portal.profile.name, body, _SCRIPT)


@get("/", who=Who.PUBLIC, include_in_schema=False, media_type="text/html")
async def front(request: AnyRequest, portal: NamedDependency[Portal]) -> Response[str]:
    """For people who open the portal's address in a browser; programs have no business here."""
    _check_browser(request)
    words = _("This is the address of a support portal. Enter it in SupportDesk, where it asks for one.")
    return page(portal.profile.name, f"<p>{escape(words)}</p>")


@get("/", who=Who.PUBLIC, include_in_schema=False, media_type="text/html")
async def house(request: AnyRequest) -> Response[str]:
    """Where several vendors are served and none is at home. Who they are is not told."""
    _check_browser(request)
    words = _("Several vendors have their support portals here, each at an address of its own.")
    ask = _("Ask your vendor for the whole address.")
    return page("SupportDesk", f"<p>{escape(words)}</p><p>{escape(ask)}</p>")


def _check_browser(request: AnyRequest) -> None:
    if "text/html" not in request.headers.get("accept", ""):
        raise NotFound
