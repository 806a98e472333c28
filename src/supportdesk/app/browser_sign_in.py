"""Waiting for a sign-in that goes on in the browser."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from supportdesk.app.accounts import Accounts, SignedIn
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.profile import Profile


@dataclass(frozen=True)
class BrowserState:
    profile: Profile
    url: str = ""
    """To be opened, once by itself and again when the person wants it; '' until the vendor has told it."""


class BrowserSignIn(Presenter[BrowserState]):
    """`done` is called with the new account, `failed` when it came to nothing. `close` cancels it."""

    def __init__(
        self,
        workspace: Workspace,
        accounts: Accounts,
        profile: Profile,
        *,
        stay: bool,
        done: Callable[[SignedIn], None],
        failed: Callable[[SupportDeskError], None],
    ) -> None:
        super().__init__(workspace, BrowserState(profile))
        self.jobs.start(self, "sign_on", lambda: accounts.sign_on(profile.id, self._take, stay), done, failed)

    def _take(self, url: str) -> None:
        """On the io lane."""
        self.jobs.deliver(lambda: self.replace(replace(self.state, url=url)))
