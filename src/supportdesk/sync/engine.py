"""One account's engine: connects, fetches, sends, and begins again when the connection is lost."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol, runtime_checkable

import msgspec

from supportdesk.backends.base import Backend
from supportdesk.clock import now
from supportdesk.domain.account import AccountAnswer, AnyAccountRequest
from supportdesk.domain.capabilities import Capability
from supportdesk.domain.delivery import Event
from supportdesk.domain.errors import (
    AuthenticationFailed,
    SessionExpired,
    StoreError,
    SupportDeskError,
    WorkingOffline,
)
from supportdesk.domain.projections import Account, Attention, Link, SyncState
from supportdesk.domain.session import Session, Welcome
from supportdesk.replica.blobs import Blobs
from supportdesk.replica.store import Store
from supportdesk.replica.writer import Writer
from supportdesk.sync.connection import Signal, code_and_words, next_link, signal_of
from supportdesk.sync.courier import Courier
from supportdesk.sync.drain import Drain
from supportdesk.sync.lanes import write
from supportdesk.sync.pace import Pace
from supportdesk.sync.puller import Puller
from supportdesk.sync.recess import Recess
from supportdesk.sync.together import happens, together

_log = logging.getLogger(__name__)
_SHORTEST_PULL_PAUSE_S = 0.05


@runtime_checkable
class Announces(Protocol):
    """A backend that knows whether `wait_for_change` would tell of a change that happens now."""

    @property
    def announces(self) -> bool: ...


class Engine:
    """Io lane only, but for `state`."""

    def __init__(
        self,
        account: Account,
        backend: Backend,
        store: Store,
        blobs: Blobs,
        pace: Pace,
        attention: Attention = Attention.AWAY,
    ) -> None:
        self.account = account
        self.backend = backend
        self.state = SyncState(account.id, Link.STARTING)
        self._store = store
        self._pace = pace
        self._courier = Courier(backend, store, blobs, pace)
        self._puller = Puller(account.id, backend, store, blobs)
        self._drain: Drain | None = None
        self._pull_wanted = asyncio.Event()
        self._recess = Recess(pace, attention)
        self._kicks = 0
        self._drained_kicks = 0
        self._waiters: list[tuple[int, asyncio.Future[None]]] = []
        self._failures = 0
        self._session: Session | None = None
        self._asking = asyncio.Lock()

    async def run(self, session: Session | None) -> None:
        """Until cancelled or until a new sign-in is needed."""
        if session is None:
            await self._sign_in_needed(SessionExpired())
            return
        self._session = session
        while True:
            session = self._session
            try:
                kicked = self._recess.was_kicked()
                await self._connection(session, spread=self._failures > 0 and not kicked)
            except Exception as error:  # noqa: BLE001 the engine outlives whatever a backend does
                cause = _first(error)
                if signal_of(cause) is Signal.SESSION_ENDED and await self._is_replaced(session):
                    continue
                try:
                    if signal_of(cause) is Signal.SESSION_ENDED:
                        await self._sign_in_needed(cause)
                        return
                    await self._lost(cause)
                except StoreError:  # a full disk: what is to be said of the connection is said next time
                    _log.exception("the connection of %s could not be written down", self.account.id)
                await self._recess.wait(self._failures, cause)

    def kick(self) -> None:
        """Sends and fetches now; ends a wait unless the backend itself asked for it."""
        self._kicks += 1
        self._recess.kick()
        self._pull_wanted.set()
        if self._drain is not None:
            self._drain.kick(self._kicks)

    def attend(self, attention: Attention) -> None:
        """While there is no connection, it is tried sooner the closer a person looks on."""
        self._recess.attend(attention)

    async def ask(self, request: AnyAccountRequest) -> AccountAnswer:
        """About the person's account. A session that comes of it is used from then on."""
        async with self._asking:
            answer = await self.backend.ask(request)
            if isinstance(answer, Session):
                self._session = answer
        self.kick()
        return answer

    async def _is_replaced(self, session: Session) -> bool:
        """Whether it only ended because the person got another one; what is being asked is waited for."""
        async with self._asking:
            return self._session is not session

    async def rest(self) -> None:
        """Kicks, and returns when what can be sent is sent and fetched back, or the connection is lost."""
        if self.state.link is Link.SIGN_IN_NEEDED:
            return
        self.kick()
        rested = asyncio.get_running_loop().create_future()
        self._waiters.append((self._kicks, rested))
        await rested

    async def cut(self) -> None:
        """After the task of `run` was cancelled: the customer wants to work offline."""
        await self._note(Signal.CUT, WorkingOffline())
        self._release(None)

    # one connection

    async def _connection(self, session: Session, *, spread: bool) -> None:
        await self.backend.resume(session)
        welcome = await self.backend.welcome()
        await self._greet(welcome)
        self._drain = Drain(self.account.id, self._store, self._courier, self._pace, self._idle)
        self._drain.kick(self._kicks)
        try:
            await together(self._pull(), self._drain.run(spread=spread), self._watch())
        finally:
            self._drain = None

    async def _greet(self, welcome: Welcome) -> None:
        if self.account.person_id not in ("", welcome.me.id):
            raise AuthenticationFailed  # somebody else's session must not send this person's commands
        offers = welcome.capabilities
        self._courier.negotiate(
            repeatable=Capability.IDEMPOTENT in offers, chunk_bytes=offers.limits.upload_chunk_bytes
        )
        self.account = signed_in(self.account, welcome)
        await write(self._store, self._put_welcome(welcome))
        await self._note(Signal.CONNECTED)

    def _put_welcome(self, welcome: Welcome) -> Callable[[Writer], None]:
        account = self.account

        def job(writer: Writer) -> None:
            put_welcome(writer, account, welcome)
            self._take_over(writer)
            writer.move_all(account.id, Event.SIGNED_IN)

        return job

    async def _pull(self) -> None:
        while True:
            self._pull_wanted.clear()
            drained_kicks = self._drained_kicks
            await self._puller.pull()
            self._failures = 0
            await self._note(Signal.CAUGHT_UP)
            self._release(drained_kicks)
            await asyncio.sleep(_SHORTEST_PULL_PAUSE_S)
            await happens(self._pull_wanted, self._poll_wait_s())

    def _poll_wait_s(self) -> float:
        announced = isinstance(self.backend, Announces) and self.backend.announces
        return self._pace.poll_wait_s(announced=announced)

    async def _watch(self) -> None:
        while True:
            await self.backend.wait_for_change()
            self._pull_wanted.set()
            await asyncio.sleep(_SHORTEST_PULL_PAUSE_S)

    def _idle(self, kicks: int, accepted: bool) -> None:
        """The outbox has nothing to send now; what was accepted comes back as facts."""
        if accepted or kicks > self._drained_kicks:
            self._pull_wanted.set()
        self._drained_kicks = max(self._drained_kicks, kicks)

    # losing it

    async def _lost(self, error: BaseException) -> None:
        self._failures += 1
        if not isinstance(error, SupportDeskError):
            _log.error("the engine of %s failed", self.account.id, exc_info=error)
        await self._note(signal_of(error), error)
        self._release(None)

    async def _sign_in_needed(self, error: BaseException) -> None:
        await self._note(Signal.SESSION_ENDED, error)
        self._release(None)

    async def _note(self, signal: Signal, error: BaseException | None = None) -> None:
        """Keeps and publishes the state of the connection."""
        link = next_link(self.state.link, signal)
        code, words = code_and_words(error) if error else ("", "")
        caught_up = signal is Signal.CAUGHT_UP

        def job(writer: Writer) -> None:
            writer.put_link(self.account.id, link, error_code=code, error=words, succeeded=caught_up)
            if error is not None:
                self._take_over(writer)
            if link is Link.SIGN_IN_NEEDED:
                writer.move_all(self.account.id, Event.SIGNED_OUT, words)
            if link is Link.OFFLINE:
                writer.mark_waiting(self.account.id, words)

        await write(self._store, job)
        last = now() if caught_up else self.state.last_success_at
        self.state = SyncState(self.account.id, link, last, code, words)

    def _take_over(self, writer: Writer) -> None:
        """Nothing is on its way now: decides about what was, when the connection or the process ended."""
        if self._courier.repeatable is not None:
            writer.take_over(self.account.id, repeatable=self._courier.repeatable)

    def _release(self, kicks: int | None) -> None:
        """Lets those go on who wait for a rest since `kicks` or earlier; None: there will be none for now."""
        for entry in tuple(self._waiters):
            if kicks is None or entry[0] <= kicks:
                self._waiters.remove(entry)
                if not entry[1].done():
                    entry[1].set_result(None)


def signed_in(account: Account, welcome: Welcome) -> Account:
    """The account with what the backend says about its person.

    Somebody without a company has an organisation of their own name, which says nothing more.
    """
    organisation, me = welcome.organisation, welcome.me
    return msgspec.structs.replace(
        account,
        person_id=welcome.me.id,
        person_name=welcome.me.name,
        organisation_id=welcome.organisation.id,
        organisation_name=organisation.name if organisation.name != me.name else "",
        role=welcome.me.role.value,
        email=welcome.me.email,
    )


def put_welcome(writer: Writer, account: Account, welcome: Welcome) -> None:
    """Keeps the account and everything negotiated."""
    writer.put_account(account)
    writer.put_welcome(account.id, welcome.me, welcome.organisation, welcome.capabilities, welcome.catalogue)


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
