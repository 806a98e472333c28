"""What the window for choosing a vendor and signing in shows."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from supportdesk.domain.errors import SupportDeskError

if TYPE_CHECKING:  # the sign-in window is painted before these are loaded
    from supportdesk.app.browser_sign_in import BrowserState
    from supportdesk.app.guest_report import GuestReportState
    from supportdesk.app.vendor_address import AddressState
    from supportdesk.app.vendors import Vendors
    from supportdesk.app.way_in import WayInState
    from supportdesk.domain.profile import Profile


class Page(Enum):
    STARTING = "starting"
    """The data folder is being opened."""
    VENDORS = "vendors"
    ADDRESS = "address"
    """A vendor by the address of its support portal."""
    CREDENTIALS = "credentials"
    BROWSER = "browser"
    """The sign-in goes on in the browser."""
    HELP = "help"
    EMAIL = "email"
    """To which a code is mailed."""
    CODE = "code"
    NEW_PASSWORD = "new_password"
    ACCESS = "access"
    """A request for an account, which the vendor approves."""
    ASKED = "asked"
    """The request is on its way."""
    REPORT = "report"
    """Without an account."""
    REPORTED = "reported"
    MAILBOX = "mailbox"
    """The mails of an embedded desk."""


class Topic(Enum):
    """What the help page is about."""

    PASSWORD = "password"
    ACCOUNT = "account"


@dataclass(frozen=True)
class SignInState:
    page: Page = Page.STARTING
    added: "tuple[Profile, ...]" = ()
    demos: "tuple[Profile, ...]" = ()
    profile: "Profile | None" = None
    is_demo: bool = False
    single_sign_on: str = ""
    """What the button says that leads to the vendor's provider; '' as long as none is known."""
    user: str = ""
    password: str = ""
    """Only ever what a demo's fields are filled with."""
    topic: Topic = Topic.PASSWORD
    busy: bool = False
    user_error: str = ""
    password_error: str = ""
    error: SupportDeskError | None = None
    """Anything that is not about what was typed."""
    has_keyring: bool = True
    """Without one 'Stay signed in' cannot be kept here."""
    rejections: int = 0
    """Grows with each refused attempt, so that the same message twice is still news."""
    way: "WayInState | None" = None
    """Of the pages around mailed codes and requests for access."""
    report: "GuestReportState | None" = None
    address: "AddressState | None" = None
    browser: "BrowserState | None" = None

    @property
    def has_own_password(self) -> bool:
        """The demo's person has set one, so that it cannot be filled in."""
        return self.is_demo and bool(self.user) and not self.password


def first_state(vendors: "Vendors", wanted: str) -> SignInState:
    """The vendors to choose from; the `wanted` one, else the only one added, is chosen. Reads files."""
    from supportdesk.domain import profile_files as profiles

    added, demos = vendors.added(), profiles.bundled()
    chosen = next((each for each in (*added, *demos) if each.id == wanted), None)
    chosen = chosen or (added[0] if len(added) == 1 else None)
    page = Page.VENDORS if chosen is None else Page.CREDENTIALS
    return SignInState(page, added, demos, profile=chosen, is_demo=chosen in demos)
