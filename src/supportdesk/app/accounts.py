"""People signed in at vendors: adding, restoring, leaving."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

import msgspec

from supportdesk.app.kept_signature import slot_of
from supportdesk.app.secrets import Secrets
from supportdesk.app.sign_on import sign_on
from supportdesk.app.vendors import Vendors
from supportdesk.domain.account import (
    AccountAnswer,
    AnyAccountRequest,
    FindSingleSignOn,
    RedeemCode,
    RedeemSingleSignOn,
    SingleSignOn,
)
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.errors import (
    NotFound,
    ProtocolViolation,
    SecretsUnavailable,
    SessionExpired,
    SupportDeskError,
)
from supportdesk.domain.projections import Account
from supportdesk.domain.session import Session
from supportdesk.i18n import _
from supportdesk.lanes import IoLane
from supportdesk.replica.store import Store
from supportdesk.sync.service import Sync

log = logging.getLogger(__name__)


class SignedIn(msgspec.Struct, frozen=True):
    account: Account
    kept: bool
    """False: the sign-in ends with the app, because there is no safe keyring or the person wants it so."""
    note: str = ""
    """Why it was not kept although it should have been."""


class NotKept(Session, frozen=True):
    """A session that lasts as long as the app, although the one before was kept; `note` says why."""

    note: str


def account_id(profile_id: str, user: str) -> str:
    """The same person at the same vendor is the same account, however they write their name."""
    return f"{profile_id}/{user.strip().casefold()}"


class Accounts:
    """All methods return at once; the work happens on the io lane."""

    def __init__(
        self,
        store: Store,
        sync: Sync,
        secrets: Secrets,
        vendors: Vendors,
        io: IoLane,
        demo_access: Callable[[str], tuple[str, str]],
    ) -> None:
        """`demo_access` tells user name and password of a demo vendor's customer, '' for one that they have
        set themselves. It may read files."""
        self._store = store
        self._sync = sync
        self._secrets = secrets
        self._vendors = vendors
        self._io = io
        self._access = demo_access
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def sign_in(self, profile_id: str, user: str, password: str, stay: bool = True) -> Future[SignedIn]:
        """Fails with AuthenticationFailed, BackendUnreachable or NotFound (no such vendor)."""
        return self._io.submit(self._sign_in(profile_id, user, password, stay))

    def redeem(self, profile_id: str, request: RedeemCode, stay: bool = True) -> Future[SignedIn]:
        """Signs in with a mailed code. Fails as `Backend.ask` does for it."""
        return self._io.submit(self._redeem(profile_id, request, stay))

    def sign_on(
        self, profile_id: str, open_browser: Callable[[str], None], stay: bool = True
    ) -> Future[SignedIn]:
        """Signs in through the browser; `open_browser` is told the address to open, on the io lane.

        Fails as `Backend.ask` does for RedeemSingleSignOn. Cancelling the future ends the waiting.
        """
        return self._io.submit(self._sign_on(profile_id, open_browser, stay))

    def ask(self, account_id: str, request: AnyAccountRequest) -> Future[AccountAnswer]:
        """As `Sync.ask`; a session that comes of it is kept where the one before was, or is a NotKept."""
        return self._io.submit(self._ask(account_id, request))

    def restore(self) -> Future[tuple[Account, ...]]:
        """Starts the engine for every account kept here; one without a token shows as 'sign in needed'."""
        return self._io.submit(self._restore())

    def demo(self, name: str) -> Future[Account]:
        """The demo customer of a demo vendor, signed in; made when it is not there yet.

        With a password of their own they are only found, as with `find`.
        """
        return self._io.submit(self._demo(name))

    def demo_access(self, name: str) -> Future[tuple[str, str]]:
        """User name and password with which the sign-in window of a demo vendor is filled; '' for a password
        that the person has set."""
        return self._io.submit(self._demo_access(name))

    def sign_out(self, account: str, force: bool = False) -> Future[None]:
        """Ends the session and removes the account's data here. Refused while something of it is unsent,
        unless `force`."""
        return self._io.submit(self._sign_out(account, force))

    def find(self, wanted: str) -> Future[Account]:
        """By account id, user name or vendor; '' is the only account.

        Fails with NotFound when none or several fit, and with SessionExpired when there is nobody at all.
        """
        return self._io.submit(self._find(wanted))

    async def _sign_in(self, profile_id: str, user: str, password: str, stay: bool) -> SignedIn:
        profile = await asyncio.to_thread(self._vendors.get, profile_id)
        account = Account(
            id=account_id(profile.id, user), profile_id=profile.id, user=user.strip(), stay_signed_in=stay
        )
        return await self._begin(lambda: self._sync.sign_in(account, password), stay)

    async def _sign_on(self, profile_id: str, open_browser: Callable[[str], None], stay: bool) -> SignedIn:
        place = await asyncio.wrap_future(self._sync.ask_at_door(profile_id, FindSingleSignOn()))
        if not isinstance(place, SingleSignOn):
            raise ProtocolViolation
        return await self._redeem(profile_id, await sign_on(place, open_browser), stay)

    async def _redeem(
        self, profile_id: str, request: RedeemCode | RedeemSingleSignOn, stay: bool
    ) -> SignedIn:
        def account_of(user: str) -> Account:
            return Account(
                id=account_id(profile_id, user), profile_id=profile_id, user=user, stay_signed_in=stay
            )

        return await self._begin(lambda: self._sync.redeem(profile_id, request, account_of), stay)

    async def _begin(self, enter: Callable[[], Future[tuple[Account, Session]]], stay: bool) -> SignedIn:
        kept_before = await self._kept()
        account, session = await asyncio.wrap_future(enter())
        self._sync.start(account, session)
        kept, note = await self._keep(account.id, session) if stay else (False, "")
        if not stay and account.id in kept_before:
            await self._forget(account.id)
        return SignedIn(account, kept, note)

    async def _ask(self, account_id: str, request: AnyAccountRequest) -> AccountAnswer:
        answer = await asyncio.wrap_future(self._sync.ask(account_id, request))
        return await self._replace(account_id, answer) if isinstance(answer, Session) else answer

    async def _replace(self, account_id: str, session: Session) -> Session:
        if account_id not in await self._kept():
            return session
        kept, note = await self._keep(account_id, session)
        if kept:
            return session
        await self._forget(account_id)  # the one before has ended
        return NotKept(session.user, session.token, note)

    async def _kept(self) -> frozenset[str]:
        """Accounts whose sign-in may be in the keyring: without need it is not asked, for it may ask back."""
        accounts = await asyncio.wrap_future(self._store.read(lambda reader: reader.accounts()))
        return frozenset(each.id for each in accounts if each.stay_signed_in)

    async def _keep(self, account: str, session: Session) -> tuple[bool, str]:
        try:
            await asyncio.wrap_future(self._secrets.put(account, session.token))
        except SecretsUnavailable as error:
            log.info("sign-in of %s is not kept: %s", account, error.__cause__ or error.code)
            return False, f"{error} {error.next_step}"
        return True, ""

    async def _restore(self) -> tuple[Account, ...]:
        accounts = await asyncio.wrap_future(self._store.read(lambda reader: reader.accounts()))
        await asyncio.gather(*(self._resume(account) for account in accounts))
        return accounts

    async def _resume(self, account: Account) -> None:
        async with self._turns[account.id]:
            known = await asyncio.wrap_future(self._store.read(lambda reader: reader.accounts()))
            if any(each.id == account.id for each in known):  # they may have left meanwhile
                try:
                    await self._take_up(account)
                except SupportDeskError as error:  # the other accounts go on
                    log.warning("%s could not be signed in again: %s", account.id, error)
                    self._sync.start(account, None)

    async def _take_up(self, account: Account) -> None:
        session = await self._session(account) if account.stay_signed_in else None
        if session is None and await asyncio.to_thread(self._is_demo_customer, account):
            await self._demo(account.profile_id)
        else:
            self._sync.start(account, session)

    def _is_demo_customer(self, account: Account) -> bool:
        """With the first password, which is no secret: a demo goes on by itself at the next start."""
        if account.profile_id not in DEMO_NAMES:
            return False
        user, password = self._access(account.profile_id)
        return bool(password) and account.user == user

    async def _session(self, account: Account) -> Session | None:
        try:
            token = await asyncio.wrap_future(self._secrets.get(account.id))
        except SecretsUnavailable as error:
            log.info("no kept sign-in for %s: %s", account.id, error.__cause__ or error.code)
            return None
        return Session(user=account.user, token=token) if token else None

    async def _demo_access(self, name: str) -> tuple[str, str]:
        return await asyncio.to_thread(self._access, name)

    async def _demo(self, name: str) -> Account:
        user, password = await self._demo_access(name)
        if not password:
            return await self._find(account_id(name, user))
        return (await self._sign_in(name, user, password, stay=False)).account

    async def _sign_out(self, account: str, force: bool) -> None:
        async with self._turns[account]:  # an account that is just being taken up would come back
            await self._leave(account, force)

    async def _leave(self, account: str, force: bool) -> None:
        kept = account in await self._kept()
        await asyncio.wrap_future(
            self._store.write(lambda writer: writer.remove_account(account, force=force))
        )
        try:
            await asyncio.wrap_future(self._sync.sign_out(account))
        finally:
            await self._erase(account, kept=kept)

    async def _erase(self, account: str, *, kept: bool) -> None:
        try:
            with suppress(NotFound):  # the engine may just have been greeted and have kept it once more
                await asyncio.wrap_future(
                    self._store.write(lambda writer: writer.remove_account(account, force=True))
                )
        finally:
            if kept:
                await self._forget(account)
                await self._forget(slot_of(account))

    async def _forget(self, secret: str) -> None:
        try:
            await asyncio.wrap_future(self._secrets.forget(secret))
        except SecretsUnavailable as error:
            log.info("nothing to forget for %s: %s", secret, error.code)

    async def _find(self, wanted: str) -> Account:
        accounts = await asyncio.wrap_future(self._store.read(lambda reader: reader.accounts()))
        key = wanted.casefold()
        fitting = [a for a in accounts if not key or key in (a.id, a.user.casefold(), a.profile_id)]
        if len(fitting) == 1:
            return fitting[0]
        if not accounts:
            raise SessionExpired(
                _("Nobody is signed in here."),
                next_step=_("Sign in with “supportdesk sign-in” or in the window."),
            )
        if not fitting:
            raise NotFound(_("Nobody is signed in here who fits “{name}”.").format(name=wanted))
        raise NotFound(
            _("Several accounts fit: {names}. Name one with --account.").format(
                names=", ".join(account.id for account in fitting)
            )
        )
