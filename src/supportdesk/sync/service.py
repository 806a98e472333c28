"""The engines of all accounts, as the rest of the application sees them."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from supportdesk.backends.base import Backend
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest, Door, RedeemCode, RedeemSingleSignOn
from supportdesk.domain.entities import Attachment
from supportdesk.domain.errors import (
    BackendError,
    BackendUnreachable,
    NotAllowed,
    NotFound,
    ProtocolViolation,
    SessionExpired,
    WorkingOffline,
)
from supportdesk.domain.projections import Account, Attention, Link, SyncState
from supportdesk.domain.session import Session, Welcome
from supportdesk.i18n import _
from supportdesk.lanes import IoLane, logged
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from supportdesk.sync.connection import code_and_words
from supportdesk.sync.downloads import Downloads
from supportdesk.sync.engine import Engine, put_welcome, signed_in
from supportdesk.sync.lanes import write
from supportdesk.sync.pace import Pace
from supportdesk.sync.upkeep import Upkeep

T = TypeVar("T")

_log = logging.getLogger(__name__)
_CLOSING_S = 0.8


class Sync:
    """Any thread may call its methods; the work is done on the io lane."""

    def __init__(
        self,
        store: Store,
        blobs: Blobs,
        io: IoLane,
        open_backend: Callable[[str], Backend],
        pace: Pace | None = None,
    ) -> None:
        """`open_backend` makes one for the vendor whose profile has this id; it may read files."""
        self._store = store
        self._blobs = blobs
        self._io = io
        self._open_backend = open_backend
        self._pace = pace or Pace()
        self._downloads = Downloads(store.folder)
        self._engines: dict[str, Engine] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._sessions: dict[str, Session | None] = {}
        self._signed_in: dict[str, Backend] = {}
        self._upkeep: asyncio.Task[None] | None = None
        self._offline = self._is_offline_wanted = False
        self._attention = Attention.AWAY
        self._is_closing = False
        self._turns: dict[str, asyncio.Lock] = {}
        self._stuck: dict[str, SyncState] = {}
        """Accounts whose engine could not be made."""

    def start(self, account: Account, session: Session | None) -> None:
        """Begins (anew, where it runs) to keep the account in step; None: it needs a sign-in first."""
        logged(self._io.submit(self._start(account, session)), f"{account.id} could not be started")

    def stop(self, account_id: str) -> None:
        logged(self._io.submit(self._stop(account_id)), f"{account_id} could not be stopped")

    def kick(self, account_id: str | None = None) -> None:
        """Something is to be sent, or the network is back: no waiting. None kicks all accounts."""
        logged(self._io.submit(self._kick(account_id)), "what waits could not be hurried")

    def sign_in(self, account: Account, password: str) -> Future[tuple[Account, Session]]:
        """Keeps the account with what the backend says about it; `start` it afterwards.

        Raises AuthenticationFailed, BackendUnreachable, and NotAllowed when the account is another person's.
        """
        return self._io.submit(self._sign_in(account, password))

    def redeem(
        self,
        profile_id: str,
        request: RedeemCode | RedeemSingleSignOn,
        account_of: Callable[[str], Account],
    ) -> Future[tuple[Account, Session]]:
        """As `sign_in`, with a code from a mail or from a browser.

        `account_of` makes the account of the user who comes of it.
        """
        return self._io.submit(self._redeem(profile_id, request, account_of))

    def door(self, profile_id: str) -> Future[Door]:
        """What this vendor lets people do who are not signed in."""
        return self._io.submit(self._at_door(profile_id, lambda backend: backend.door()))

    def ask_at_door(self, profile_id: str, request: AnyAccountRequest) -> Future[AccountAnswer]:
        """For somebody who is not signed in."""
        return self._io.submit(self._at_door(profile_id, lambda backend: backend.ask(request)))

    def ask(self, account_id: str, request: AnyAccountRequest) -> Future[AccountAnswer]:
        """About the account of who is signed in. Raises BackendUnreachable while there is no connection."""
        return self._io.submit(self._ask(account_id, request))

    def sign_out(self, account_id: str) -> Future[None]:
        """Ends the session here and, where it can be reached, at the backend; removes what was downloaded."""
        return self._io.submit(self._sign_out(account_id))

    def once(self, account_id: str, timeout_s: float) -> Future[SyncState]:
        """Sends and fetches to the end; the state then, or after `timeout_s`."""
        return self._io.submit(self._once(account_id, timeout_s))

    def download(self, account_id: str, attachment: Attachment) -> Future[Path]:
        """The attachment as a file with a harmless name, fetched unless it is here already."""
        return self._io.submit(self._download(account_id, attachment))

    def state(self, account_id: str) -> SyncState:
        engine = self._engines.get(account_id)
        if engine is None:
            return self._stuck.get(account_id) or SyncState(account_id, Link.STARTING)
        return engine.state

    def go_offline(self, offline: bool) -> None:
        """True cuts all connections until False; a state of the app, which outlives signing in and out."""
        self._is_offline_wanted = offline
        logged(self._io.submit(self._go_offline(offline)), "working offline could not be begun or ended")

    @property
    def works_offline(self) -> bool:
        """What was last asked of `go_offline`."""
        return self._is_offline_wanted

    def try_again(self, account_id: str) -> None:
        """The person wants a connection now: also ends working offline."""
        if self._is_offline_wanted:
            self.go_offline(False)
        self.kick(account_id)

    def attend(self, attention: Attention) -> None:
        """The closer a person looks on, the sooner a lost connection is tried again."""
        logged(self._io.submit(self._attend(attention)), "who looks on could not be taken into account")

    def close(self) -> None:
        """Stops everything within a second. What was on its way goes on after the next start."""
        with contextlib.suppress(TimeoutError):  # a backend that will not end must not hold the customer
            self._io.submit(self._close()).result(2 * _CLOSING_S)

    # io lane

    def _turn(self, account_id: str) -> asyncio.Lock:
        """What is asked for one account is done in the order in which it was asked."""
        return self._turns.setdefault(account_id, asyncio.Lock())

    async def _start(self, account: Account, session: Session | None) -> None:
        async with self._turn(account.id):
            self._stuck.pop(account.id, None)
            try:
                await self._begin(account, session)
            except Exception as error:  # noqa: BLE001 nobody waits for a start: the account has to say it
                await self._cannot_begin(account.id, error)

    async def _begin(self, account: Account, session: Session | None) -> None:
        await self._end(account.id)
        self._sessions[account.id] = session
        backend = self._signed_in.pop(account.id, None)
        if backend is None:
            backend = await self._opened(account.profile_id)
        engine = Engine(account, backend, self._store, self._blobs, self._pace, self._attention)
        self._engines[account.id] = engine
        if self._upkeep is None:
            self._upkeep = asyncio.create_task(Upkeep(self._store, self._blobs).run())
            logged(self._upkeep, "the upkeep of the data folder has ended")
        if self._offline:
            await engine.cut()
        else:
            self._run(account.id, engine)

    async def _cannot_begin(self, account_id: str, error: Exception) -> None:
        """Its backend is not installed, or its vendor is not known any more."""
        _log.error("the engine of %s cannot begin", account_id, exc_info=error)
        code, words = code_and_words(error)
        self._stuck[account_id] = SyncState(account_id, Link.FAILING, None, code, words)
        await write(
            self._store,
            lambda writer: writer.put_link(account_id, Link.FAILING, error_code=code, error=words),
        )

    def _run(self, account_id: str, engine: Engine) -> None:
        task = self._tasks[account_id] = asyncio.create_task(engine.run(self._sessions[account_id]))
        logged(task, f"the engine of {account_id} has ended")

    async def _stop(self, account_id: str) -> None:
        async with self._turn(account_id):
            await self._end(account_id)

    async def _end(self, account_id: str) -> None:
        await self._halt(account_id)
        engine = self._engines.pop(account_id, None)
        self._sessions.pop(account_id, None)
        if engine is not None:
            await _closed(engine.backend)

    async def _halt(self, account_id: str) -> None:
        task = self._tasks.pop(account_id, None)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _kick(self, account_id: str | None) -> None:
        for id, engine in self._engines.items():
            if account_id in (None, id):
                engine.kick()

    async def _attend(self, attention: Attention) -> None:
        self._attention = attention
        for engine in self._engines.values():
            engine.attend(attention)

    async def _opened(self, profile_id: str) -> Backend:
        """Off the loop, because embedded desks open files. What is opened for nobody any more is closed."""
        opening = asyncio.get_running_loop().run_in_executor(None, self._open_backend, profile_id)
        try:
            await asyncio.shield(opening)
            self._refuse_while_closing()
        except asyncio.CancelledError:
            await _closed(await _in_spite_of_cancelling(opening))
            raise
        return opening.result()

    def _refuse_while_closing(self) -> None:
        """What is begun after `close` has looked around would be closed by nobody."""
        if self._is_closing:
            raise asyncio.CancelledError

    async def _sign_in(self, account: Account, password: str) -> tuple[Account, Session]:
        async def enter(backend: Backend) -> tuple[Account, Session]:
            return account, await backend.sign_in(account.user, password)

        return await self._enter(account.profile_id, enter)

    async def _redeem(
        self,
        profile_id: str,
        request: RedeemCode | RedeemSingleSignOn,
        account_of: Callable[[str], Account],
    ) -> tuple[Account, Session]:
        async def enter(backend: Backend) -> tuple[Account, Session]:
            session = await backend.ask(request)
            if not isinstance(session, Session):
                raise ProtocolViolation
            return account_of(session.user), session

        return await self._enter(profile_id, enter)

    async def _enter(
        self, profile_id: str, enter: Callable[[Backend], Awaitable[tuple[Account, Session]]]
    ) -> tuple[Account, Session]:
        backend = await self._opened(profile_id)
        try:
            account, session = await enter(backend)
            welcome = await backend.welcome()
            known = _same_person(account, welcome)
            await write(self._store, lambda writer: put_welcome(writer, known, welcome))
            self._refuse_while_closing()
        except BaseException:
            await _closed(backend)
            raise
        earlier = self._signed_in.pop(known.id, None)
        self._signed_in[known.id] = backend
        if earlier is not None:
            await _closed(earlier)
        return known, session

    async def _at_door(self, profile_id: str, question: Callable[[Backend], Awaitable[T]]) -> T:
        backend = await self._opened(profile_id)
        try:
            return await question(backend)
        finally:
            await _closed(backend)

    async def _ask(self, account_id: str, request: AnyAccountRequest) -> AccountAnswer:
        if self._offline:
            raise WorkingOffline
        engine = self._engines.get(account_id)
        if engine is None:
            raise BackendUnreachable
        answer = await engine.ask(request)
        if isinstance(answer, Session):
            self._sessions[account_id] = answer
        return answer

    async def _sign_out(self, account_id: str) -> None:
        async with self._turn(account_id):
            await self._leave(account_id)
            await self._downloads.forget(account_id)

    async def _leave(self, account_id: str) -> None:
        engine = self._engines.get(account_id)
        if engine is None:
            return
        await self._halt(account_id)
        self._sessions[account_id] = None
        try:
            await engine.backend.sign_out()
        except (BackendError, SessionExpired):
            _log.info("the session of %s could not be ended at the backend", account_id)
        await engine.run(None)

    async def _once(self, account_id: str, timeout_s: float) -> SyncState:
        async with self._turn(account_id):
            engine = self._engines.get(account_id)
        self._refuse_while_closing()  # there it is missing only because everything ends
        if engine is None and account_id in self._stuck:
            return self._stuck[account_id]
        if engine is None:
            raise NotFound
        if self._offline:
            return engine.state
        try:
            await asyncio.wait_for(engine.rest(), timeout_s)
        except TimeoutError:
            _log.info("%s did not come to rest in %s s", account_id, timeout_s)
        return engine.state

    async def _download(self, account_id: str, attachment: Attachment) -> Path:
        if here := await self._downloads.fetched(account_id, attachment):
            return here
        engine = self._engines.get(account_id)
        if engine is None:
            raise BackendUnreachable
        return await self._downloads.fetch(engine.backend, account_id, attachment)

    async def _go_offline(self, offline: bool) -> None:
        if offline == self._offline:
            return
        self._offline = offline
        for account_id, engine in tuple(self._engines.items()):
            if offline:
                await self._halt(account_id)
                await engine.cut()
            else:
                self._run(account_id, engine)

    async def _close(self) -> None:
        self._is_closing = True
        tasks = [*self._tasks.values(), *([self._upkeep] if self._upkeep else [])]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=_CLOSING_S / 2)
        backends = [*(engine.backend for engine in self._engines.values()), *self._signed_in.values()]
        self._tasks.clear()
        self._engines.clear()
        self._signed_in.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*map(_closed, backends)), _CLOSING_S)


def _same_person(account: Account, welcome: Welcome) -> Account:
    if account.person_id not in ("", welcome.me.id):
        raise NotAllowed(_("These are the access data of another person."))
    return signed_in(account, welcome)


async def _in_spite_of_cancelling(future: asyncio.Future[T]) -> T:
    """Who gave up waiting is cancelled once more when everything ends."""
    while not future.done():
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(future)
    return future.result()


async def _closed(backend: Backend) -> None:
    try:
        await backend.close()
    except BackendError:
        _log.exception("a backend could not be closed")
