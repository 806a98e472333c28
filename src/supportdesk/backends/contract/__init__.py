"""What every backend promises, as tests. Whoever writes a connector runs them against it:

    from supportdesk.backends.contract import BackendContract, World

    class TestMyBackend(BackendContract):
        @pytest.fixture
        def world(self, tmp_path: Path) -> Iterator[World]:
            ...

Needs pytest. What a backend does not offer is not asked of it; that it then refuses is.
"""

import pytest

_PARTS = (
    "accounts",
    "capabilities",
    "documents",
    "files",
    "isolation",
    "marks",
    "orders",
    "pulling",
    "pushing",
    "signing_in",
    "subscriptions",
    "tickets",
    "tools",
)
pytest.register_assert_rewrite(*(f"{__name__}.{part}" for part in _PARTS))

from supportdesk.backends.contract.accounts import AccountsContract  # noqa: E402 - rewritten first
from supportdesk.backends.contract.capabilities import CapabilitiesContract  # noqa: E402
from supportdesk.backends.contract.documents import DocumentsContract  # noqa: E402
from supportdesk.backends.contract.files import FilesContract  # noqa: E402
from supportdesk.backends.contract.isolation import IsolationContract  # noqa: E402
from supportdesk.backends.contract.marks import MarksContract  # noqa: E402
from supportdesk.backends.contract.orders import OrdersContract  # noqa: E402
from supportdesk.backends.contract.pulling import PullingContract  # noqa: E402
from supportdesk.backends.contract.pushing import PushingContract  # noqa: E402
from supportdesk.backends.contract.signing_in import SigningInContract  # noqa: E402
from supportdesk.backends.contract.subscriptions import SubscriptionsContract  # noqa: E402
from supportdesk.backends.contract.tickets import TicketsContract  # noqa: E402
from supportdesk.backends.contract.world import Login, World  # noqa: E402

__all__ = ["BackendContract", "Login", "SyncContract", "World"]


class SyncContract(
    SigningInContract,
    CapabilitiesContract,
    PullingContract,
    PushingContract,
    TicketsContract,
    DocumentsContract,
    OrdersContract,
    SubscriptionsContract,
    MarksContract,
    FilesContract,
    IsolationContract,
):
    """What the sync engine relies on, which tries again: also over a bad network."""


class BackendContract(SyncContract, AccountsContract):
    """All of it. Subclass it with a fixture `world`."""
