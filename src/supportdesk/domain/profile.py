"""What a vendor's profile file says. `docs/profile.md` tells vendors the same in their words."""

from typing import Annotated, Literal

import msgspec

from supportdesk.domain.account import SignUpWay
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.status import Stage

MODULES = (
    "information",
    "report",
    "tickets",
    "reopen",
    "newsletter",
    "license_keys",
    "documents",
    "subscriptions",
    "orders",
    "articles",
    "colleagues",
    "settings",
)
"""Names of the home screen's tiles, as profiles spell them."""

LANGUAGES = LocalText.__struct_fields__
CHIP_LENGTH = 24
"""Longest name of a status, in characters: what fits a chip beside a ticket's number."""


class _Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    pass


class BackendAddress(_Section, frozen=True):
    """Where the tickets live. 'local' is the embedded desk, others need an address."""

    kind: str = "local"
    """Name of a backend, as its entry point is called ('local', 'rest')."""
    address: str = ""


class Logo(_Section, frozen=True):
    """`icon` stands for the vendor on the brand colour, `svg` where there is room for a logo."""

    icon: str = "life-buoy"
    """Lucide name of an icon that travels with the program."""
    svg: str = ""
    """The drawing itself, square and self-contained; empty: the icon stands for it."""


class Support(_Section, frozen=True):
    phone: str = ""
    hours: LocalText = LocalText()
    email: str = ""


class Links(_Section, frozen=True):
    """https addresses, per language; empty ones are not offered."""

    web_portal: LocalText = LocalText()
    video_help: LocalText = LocalText()
    privacy: LocalText = LocalText()


class SignIn(_Section, frozen=True):
    """What the sign-in window offers beside name and password."""

    welcome: LocalText = LocalText()
    user_name: Literal["email", "any"] = "any"
    """'email': the user name is always an e-mail address."""
    forgot_password: bool = False
    """A new password is set with a mailed code."""
    sign_up: SignUpWay = ""
    report_without_sign_in: bool = False


class TileWords(_Section, frozen=True):
    """Replaces the app's words on a tile where given."""

    title: LocalText = LocalText()
    hint: LocalText = LocalText()


class StatusWords(_Section, frozen=True):
    """Replaces the app's words for a status where given. The sentence may hold `{vendor}` and `{date}`."""

    name: LocalText = LocalText()
    sentence: LocalText = LocalText()


class Wording(_Section, frozen=True):
    tiles: dict[str, TileWords] = {}
    """By module name."""
    status: dict[Stage, StatusWords] = {}


class DeskLimits(Limits, frozen=True, forbid_unknown_fields=True):
    """Of the embedded desk; a server tells its own after sign-in."""


class Shown(_Section, frozen=True):
    """What customers get to see of the vendor's work, and of what they have from it."""

    assignee: bool = True
    time_records: bool = False
    prices: bool = False
    """Of subscriptions; the desk keeps them to itself where they are not shown."""
    warn_days: Annotated[int, msgspec.Meta(ge=0, le=3650)] = 30
    """So many days before a license key or a subscription runs out, the customer is warned; 0: never."""


class Profile(_Section, frozen=True):
    id: str
    """Also the name of the file; small letters, digits and '-'."""
    name: str
    short_name: str
    """As it stands in sentences: '{vendor} is working on it.'"""
    languages: tuple[str, ...]
    default_language: str
    brand_colour: str
    """'#rrggbb'; the themes derive their accents from it."""
    modules: tuple[str, ...]
    """Tiles in the order of the home screen. Those the app or the backend lacks are left out there."""
    catalogue: Catalogue
    logo: Logo = Logo()
    backend: BackendAddress = BackendAddress()
    support: Support = Support()
    links: Links = Links()
    sign_in: SignIn = SignIn()
    wording: Wording = Wording()
    limits: DeskLimits = DeskLimits()
    shown: Shown = Shown()
    newsletter_name: LocalText = LocalText()

    def text(self, text: LocalText, language: str) -> str:
        """`text` in `language`, falling back on the vendor's own language."""
        return text.get(language, self.default_language)
