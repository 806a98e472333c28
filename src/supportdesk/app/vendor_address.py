"""Adding a vendor by the address of its support portal: looked at first, added when the person agrees."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from supportdesk.app.answered_at_once import at_field
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.i18n import N_


@dataclass(frozen=True)
class AddressState:
    found: Profile | None = None
    busy: bool = False
    wrong: str = ""
    """About the address that was typed."""
    error: SupportDeskError | None = None
    rejections: int = 0


class VendorAddress(Presenter[AddressState]):
    """`added` is called with the vendor once it is kept on this computer."""

    def __init__(self, workspace: Workspace, added: Callable[[Profile], None]) -> None:
        super().__init__(workspace, AddressState())
        self._added = added

    def look(self, address: str) -> None:
        """Asks the portal at this address who it is. Keeps nothing yet."""
        if self.state.busy:
            return
        if not address.strip():
            self._reject(N_("Enter the address that your vendor gave you."))
            return
        self.replace(AddressState(busy=True, rejections=self.state.rejections))
        self.jobs.start(
            self,
            "look",
            lambda: self.workspace.discover(address),
            lambda found: self.replace(replace(self.state, found=found, busy=False)),
            self._failed,
        )

    def add(self) -> None:
        found = self.state.found
        if found is None or self.state.busy:
            return
        self.replace(replace(self.state, busy=True, error=None))
        vendors = self.workspace.vendors
        self.jobs.start(
            self,
            "add",
            lambda: self.workspace.cpu.submit(lambda: vendors.keep(found)),
            self._added,
            self._failed,
        )

    def other(self) -> None:
        """The vendor found is not the one that was meant."""
        self.replace(AddressState(rejections=self.state.rejections))

    def _reject(self, sentence: str) -> None:
        self.replace(AddressState(wrong=sentence, rejections=self.state.rejections + 1))

    def _failed(self, error: SupportDeskError) -> None:
        wrong = at_field(error, ("address",)).get("address", "")
        if wrong:
            self._reject(f"{wrong} {error.next_step}")
        else:
            state = replace(self.state, busy=False, error=error)
            self.replace(replace(state, rejections=self.state.rejections + 1))
