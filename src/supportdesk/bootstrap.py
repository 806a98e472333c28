"""The composition root: the one place that knows which classes make up a running SupportDesk."""

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from supportdesk.app.accounts import Accounts
from supportdesk.app.jobs import Deliver, Jobs
from supportdesk.app.secrets import Secrets
from supportdesk.app.settings import Settings
from supportdesk.app.vendor_renewal import VendorRenewal
from supportdesk.app.vendors import Vendors
from supportdesk.app.workspace import Workspace
from supportdesk.backends.base import Backend
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.profile import Profile
from supportdesk.domain.profile_files import demo
from supportdesk.lanes import IoLane, Lane, logged
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from supportdesk.sync.service import Sync


@dataclass
class Running:
    """Everything that must be closed again, in the order of `close`."""

    workspace: Workspace
    accounts: Accounts
    io: IoLane
    renewal: VendorRenewal

    def close(self) -> None:
        """Stops the engine, waits for what is being written, releases the files. Takes less than a second."""
        self.renewal.close()
        self.workspace.sync.close()
        self.io.close()
        self.workspace.secrets.close()
        self.workspace.cpu.close()
        self.workspace.apart.close()
        self.workspace.store.close()


def open_workspace(folder: Path, deliver: Deliver) -> Running:
    """Opens (and where needed repairs) the data folder, whose lock the caller holds. Not on the GUI thread.

    Raises StoreError when the folder cannot be used at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cpu, apart = Lane("cpu"), Lane("apart")
    io = IoLane()
    vendors = Vendors(folder / "profiles")
    settings = Settings(folder / "settings.json", cpu)
    store = Store.open(folder)
    if trouble := settings.load():
        store.events.append(trouble)

    def backend_of(profile_id: str) -> Backend:
        from supportdesk.backends.registry import open_backend

        return open_backend(vendors.get(profile_id), folder / "desks" / profile_id)

    blobs = Blobs(folder)
    sync = Sync(store, blobs, io, backend_of)

    def discover(address: str) -> Future[Profile]:
        from supportdesk.backends.rest.discovery import discover as ask_server

        return io.submit(ask_server(address))

    secrets = Secrets()
    accounts = Accounts(store, sync, secrets, vendors, io, partial(_demo_access, folder / "desks"))
    workspace = Workspace(
        store,
        blobs,
        sync,
        settings,
        vendors,
        secrets,
        cpu,
        apart,
        Jobs(deliver),
        folder,
        discover,
        accounts.ask,
    )
    logged(workspace.cpu.submit(vendors.load), "the vendors could not be loaded")
    return Running(workspace, accounts, io, VendorRenewal(store, vendors, discover, cpu, io))


def _demo_access(desks: Path, name: str) -> tuple[str, str]:
    from supportdesk.backends.local.embedded import borrowed
    from supportdesk.desk.accounts.access import is_password
    from supportdesk.desk.demo.content import load_demo_content

    user, password = load_demo_content(name).demo_customer().email, DEMO_PASSWORD
    if not (desks / name).is_dir():  # everybody in a new one has it
        return user, password
    with borrowed(demo(name), desks / name) as desk:
        is_theirs = desk.reading(lambda connection: is_password(connection, user, password)).result()
    return user, password if is_theirs else ""
