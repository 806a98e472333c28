"""Choosing a vendor and signing in. Nothing here says which of name and password was wrong."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from supportdesk.app.presenter import Presenter
from supportdesk.app.sign_in_state import Page, SignInState, Topic, first_state
from supportdesk.domain.errors import AuthenticationFailed, SupportDeskError
from supportdesk.i18n import N_

if TYPE_CHECKING:  # the sign-in window is painted before these are loaded
    from supportdesk.app.accounts import Accounts, SignedIn
    from supportdesk.app.browser_sign_in import BrowserSignIn, BrowserState
    from supportdesk.app.guest_report import GuestReportPresenter, GuestReportState
    from supportdesk.app.prefill import Prefill
    from supportdesk.app.vendor_address import AddressState, VendorAddress
    from supportdesk.app.way_in import WayIn, WayInState, Wish
    from supportdesk.app.workspace import Workspace
    from supportdesk.domain.account import Door
    from supportdesk.domain.profile import Profile

_BUTTON_CHARS = 40
"""A server's words must not push the window apart."""


class SignInPresenter(Presenter[SignInState]):
    """`done` is called once with the new account. `first` is what the window shows already; without it the
    vendors are read, and `vendor` is chosen among them."""

    def __init__(
        self,
        workspace: "Workspace",
        accounts: "Accounts",
        done: "Callable[[SignedIn], None]",
        vendor: str = "",
        first: SignInState | None = None,
    ) -> None:
        super().__init__(workspace, SignInState())
        self._accounts = accounts
        self._done = done
        self._code = ""
        """From a link, until a vendor is chosen."""
        self._prefill: Prefill | None = None
        self._reported: Callable[[], None] = lambda: None
        self.way: WayIn | None = None
        self.report: GuestReportPresenter | None = None
        self.address: VendorAddress | None = None
        self.browser: BrowserSignIn | None = None
        if first is None:
            self._load(vendor)
        else:
            self._begin(first)
        self.jobs.start(self, "keyring", workspace.secrets.check, None, self._no_keyring)

    def choose(self, profile: "Profile") -> None:
        """A vendor; a demo vendor's fields are filled in."""
        self._end_detours()
        is_demo = profile in self.state.demos
        self.replace(
            replace(
                self._without_errors(),
                page=Page.CREDENTIALS,
                profile=profile,
                is_demo=is_demo,
                single_sign_on="",
                user="",
                password="",
            )
        )
        if is_demo:
            access = self._accounts.demo_access
            self.jobs.start(self, "demo", lambda: access(profile.id), self._fill, self._failed)
        self._look_at_door(profile)
        if self._code:
            self._use_code()

    def again(self, profile: "Profile", user: str) -> None:
        """For somebody whose sign-in has ended: only the password is missing."""
        self.replace(replace(self._without_errors(), page=Page.CREDENTIALS, profile=profile, user=user))
        self._look_at_door(profile)

    def other_vendor(self) -> None:
        self._end_detours()
        self.replace(replace(self._without_errors(), page=Page.VENDORS))

    def ask_help(self, topic: Topic) -> None:
        self._end_detours()
        self.replace(replace(self._without_errors(), page=Page.HELP, topic=topic))

    def back(self) -> None:
        """From a detour to the fields."""
        self._end_detours()
        self.replace(replace(self._without_errors(), page=Page.CREDENTIALS))

    def step_back(self) -> None:
        """To the page before, within a detour or out of it."""
        detour = self.way or self.report
        if self.address is not None:
            self.other_vendor()
        elif detour is None:
            self.back()
        else:
            detour.back()

    def open_mailbox(self) -> None:
        detour = self.way or self.report
        if detour is not None:
            detour.open_mailbox()

    def take_code(self, code: str) -> None:
        """From a link: filled in at the vendor that is chosen, now or next."""
        self._code = code
        if self.state.profile is not None and self.state.page is not Page.VENDORS:
            self._use_code()

    def go_in(self, wish: "Wish", code: str = "", user: str = "") -> None:
        """By mail instead of with a password; `user` is what was typed as the name so far."""
        from supportdesk.app.way_in import WayIn, first_way

        profile = self.state.profile
        if profile is None or self.state.busy:
            return
        self._end_detours()
        self.way = WayIn(
            self.workspace,
            self._accounts,
            first_way(profile, wish, code, user),
            done=self._done,
            leave=self.back,
            refused=self._not_offered,
        )
        self.way.show_to(lambda way: self._turn(way.page, way=way))

    def hand_over(self, prefill: "Prefill", reported: Callable[[], None]) -> None:
        """From a host application, while nobody is signed in: for a report without an account, after whose
        arrival `reported` is called."""
        self._prefill, self._reported = prefill, reported

    def report_as_guest(self) -> None:
        from supportdesk.app.guest_report import GuestReportPresenter

        profile = self.state.profile
        if profile is None or self.state.busy:
            return
        self._end_detours()
        self.report = GuestReportPresenter(
            self.workspace, profile, self.back, self._prefill, arrived=self._forget_prefill
        )
        self.report.show_to(lambda report: self._turn(report.page, report=report))

    def _forget_prefill(self) -> None:
        """It was reported."""
        if self._prefill is not None:
            self._prefill = None
            self._reported()

    def sign_on(self, stay: bool) -> None:
        """In the browser, at the provider whose button was pressed."""
        from supportdesk.app.browser_sign_in import BrowserSignIn

        profile = self.state.profile
        if profile is None or self.state.busy:
            return
        self._end_detours()
        keep = stay and self.state.has_keyring
        self.browser = BrowserSignIn(
            self.workspace,
            self._accounts,
            profile,
            stay=keep,
            done=self._done,
            failed=self._not_signed_on,
        )
        self.browser.show_to(lambda browser: self._turn(Page.BROWSER, browser=browser))

    def type_address(self) -> None:
        from supportdesk.app.vendor_address import VendorAddress

        self._end_detours()
        self.address = VendorAddress(self.workspace, self._added)
        self.address.show_to(lambda address: self._turn(Page.ADDRESS, address=address))

    def close(self) -> None:
        self._end_detours()
        super().close()

    def _turn(
        self,
        page: Page,
        *,
        way: "WayInState | None" = None,
        report: "GuestReportState | None" = None,
        address: "AddressState | None" = None,
        browser: "BrowserState | None" = None,
    ) -> None:
        state = replace(self._without_errors(), page=page)
        self.replace(replace(state, way=way, report=report, address=address, browser=browser))

    def _look_at_door(self, profile: "Profile") -> None:
        """Without an answer there is no button; the password is asked for anyway."""
        if not profile.backend.address:  # a desk on this computer knows no provider
            return

        def look(door: "Door") -> None:
            if self.state.profile == profile:
                button = " ".join(door.single_sign_on.split())[:_BUTTON_CHARS]
                self.replace(replace(self.state, single_sign_on=button))

        door = self.workspace.sync.door
        self.jobs.start(self, "door", lambda: door(profile.id), look, lambda _unanswered: None)

    def _not_signed_on(self, error: SupportDeskError) -> None:
        self.back()
        self.replace(replace(self.state, error=error, rejections=self.state.rejections + 1))

    def _use_code(self) -> None:
        from supportdesk.app.way_in import Wish

        code, self._code = self._code, ""
        self.go_in(Wish.CODE, code)

    def _not_offered(self, wish: "Wish") -> None:
        self.ask_help(Topic.PASSWORD if wish.value == "reset" else Topic.ACCOUNT)

    def _end_detours(self) -> None:
        """What was typed there is gone, but for a report; what was asked is not waited for."""
        for detour in (self.way, self.report, self.address, self.browser):
            if detour is not None:
                detour.close()
        self.way = self.report = self.address = self.browser = None

    def open_file(self, path: Path) -> None:
        """Adds the vendor of a profile file and goes on to its fields."""
        vendors = self.workspace.vendors
        self.jobs.start(
            self,
            "file",
            lambda: self.workspace.cpu.submit(lambda: vendors.add(path)),
            self._added,
            self._failed,
        )

    def submit(self, user: str, password: str, stay: bool) -> None:
        profile = self.state.profile
        if profile is None or self.state.busy:
            return
        wrong = replace(
            self._without_errors(),
            user_error=self._user_error(user.strip()),
            password_error="" if password else N_("Enter your password."),
            rejections=self.state.rejections + 1,
        )
        if wrong.user_error or wrong.password_error:
            self.replace(wrong)
            return
        self.replace(replace(self._without_errors(), busy=True))
        keep = stay and self.state.has_keyring
        self.jobs.start(
            self,
            "sign_in",
            lambda: self._accounts.sign_in(profile.id, user, password, keep),
            self._done,
            self._failed,
        )

    def _user_error(self, user: str) -> str:
        if not user:
            return N_("Enter your e-mail address or user name.")
        if self.state.profile and self.state.profile.sign_in.user_name == "email" and "@" not in user:
            return N_("Enter your e-mail address, with the part behind the @.")
        return ""

    def _load(self, vendor: str) -> None:
        vendors = self.workspace.vendors
        self.jobs.start(
            self,
            "vendors",
            lambda: self.workspace.cpu.submit(lambda: first_state(vendors, vendor)),
            self._begin,
            self._failed,
        )

    def _begin(self, first: SignInState) -> None:
        self.replace(replace(self.state, added=first.added, demos=first.demos))
        if self.state.page is not Page.STARTING:
            return
        if first.profile is not None:
            self.choose(first.profile)
        else:
            self.replace(replace(self.state, page=first.page))

    def _added(self, profile: "Profile") -> None:
        others = tuple(each for each in self.state.added if each.id != profile.id)
        self.replace(replace(self.state, added=(*others, profile)))
        self.choose(profile)

    def _fill(self, access: tuple[str, str]) -> None:
        if self.state.is_demo and self.state.page is Page.CREDENTIALS:
            self.replace(replace(self.state, user=access[0], password=access[1]))

    def _no_keyring(self, _error: SupportDeskError) -> None:
        self.replace(replace(self.state, has_keyring=False))

    def _failed(self, error: SupportDeskError) -> None:
        page = Page.VENDORS if self.state.page is Page.STARTING else self.state.page
        state = replace(self.state, page=page, busy=False, rejections=self.state.rejections + 1)
        if isinstance(error, AuthenticationFailed):
            self.replace(replace(state, password_error=f"{error} {error.next_step}"))
        else:
            self.replace(replace(state, error=error))

    def _without_errors(self) -> SignInState:
        """On a page of its own: without what belongs to detours."""
        plain = replace(self.state, user_error="", password_error="", error=None, busy=False)
        return replace(plain, way=None, report=None, address=None, browser=None)
