"""License keys and company switches: masked until asked for, copied for a minute."""

import re
from itertools import groupby
from typing import NamedTuple

import msgspec

from supportdesk.app.clipboard import SecretClipboard
from supportdesk.app.presenter import Presenter
from supportdesk.app.settings import CLIPBOARD_CLEAR_S
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.entities import KeyKind, LicenseKey, Subscription
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import ItemQuery, Link, OpenState, SyncState
from supportdesk.domain.text import match_spans, sort_key, words
from supportdesk.i18n import _, ngettext
from supportdesk.replica.reader import Reader

_BULLETS = "••••"
_SEPARATORS = re.compile(r"[-\s]+")
_SHOWN_CHARS = 4
_GROUPED_FROM = 9
"""Fewer are seen at a glance, each with its product."""
_SHORTEST_SHOWN = 12
"""A shorter key without groups is hidden whole: its end would be a good part of it."""


class Belongs(NamedTuple):
    subscription_id: str
    name: str


class KeyGroup(NamedTuple):
    product: str
    """The heading; '' for none."""
    keys: tuple[LicenseKey, ...]


class KeysState(msgspec.Struct, frozen=True):
    keys: tuple[LicenseKey, ...] = ()
    """Those that fit the search."""
    total: int = 0
    loaded: bool = False
    search: str = ""
    revealed: frozenset[str] = frozenset()
    copied: str = ""
    """Id of the key that is in the clipboard."""
    belongs: dict[str, Belongs] = {}
    """By the id of a key, what it was ordered with."""
    sync: SyncState | None = None
    error: SupportDeskError | None = None

    @property
    def groups(self) -> tuple[KeyGroup, ...]:
        """Many keys by product; few in one group."""
        if self.total < _GROUPED_FROM:
            return (KeyGroup("", self.keys),)
        by_product = groupby(self.keys, lambda key: key.product)
        return tuple(KeyGroup(product, tuple(keys)) for product, keys in by_product)

    @property
    def is_waiting(self) -> bool:
        """Nothing to show yet, and it may still come."""
        if not self.loaded:
            return self.error is None
        starting = self.sync is not None and self.sync.link in {Link.STARTING, Link.SYNCING}
        return not self.total and starting and self.never_loaded

    @property
    def never_loaded(self) -> bool:
        return self.sync is not None and self.sync.last_success_at is None


class LicenseKeysPresenter(Presenter[KeysState]):
    def __init__(self, workspace: Workspace, account_id: str, clipboard: SecretClipboard) -> None:
        super().__init__(workspace, KeysState(copied=clipboard.copied))
        self._account_id = account_id
        self._clipboard = clipboard
        self._everything: tuple[LicenseKey, ...] = ()
        self._stop_listening = clipboard.subscribe(lambda: self._change(copied=clipboard.copied))
        self.read()

    def search(self, text: str) -> None:
        self._change(search=text.strip(), keys=_found(self._everything, text))

    def toggle(self, key_id: str) -> None:
        """Reveals a key, or hides it again."""
        self._change(revealed=self.state.revealed ^ {key_id})

    def hide_all(self) -> None:
        self._change(revealed=frozenset())

    def copy(self, key_id: str) -> int:
        """Puts the key into the clipboard; returns after how many seconds it is cleared."""
        key = next(key for key in self._everything if key.id == key_id)
        clear_after_s = self.workspace.settings.get(CLIPBOARD_CLEAR_S)
        self._clipboard.copy(key.id, key.key, clear_after_s)
        return clear_after_s

    def clear_clipboard(self) -> None:
        self._clipboard.clear()

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id == self._account_id and change.touches("license_key", "subscription", "sync"):
            self.read()

    def read(self) -> None:
        account_id = self._account_id

        def keys(reader: Reader) -> tuple[tuple[LicenseKey, ...], dict[str, Belongs], SyncState]:
            return (
                reader.license_keys(account_id),
                _belongs(reader, account_id),
                reader.sync_state(account_id),
            )

        self.jobs.start(
            self,
            "read",
            lambda: self.workspace.read(keys),
            lambda read: self._show(*read),
            lambda error: self._change(error=error),
        )

    def close(self) -> None:
        self._stop_listening()
        super().close()

    def _show(self, keys: tuple[LicenseKey, ...], belongs: dict[str, Belongs], sync: SyncState) -> None:
        self._everything = keys = tuple(sorted(keys, key=_place))
        found = _found(keys, self.state.search)
        self._change(keys=found, total=len(keys), belongs=belongs, sync=sync, loaded=True, error=None)

    def _change(self, **changes: object) -> None:
        self.replace(msgspec.structs.replace(self.state, **changes))


def _belongs(reader: Reader, account_id: str) -> dict[str, Belongs]:
    rows = reader.item_window(ItemQuery(account_id, "subscription", OpenState.OPEN))
    facts = [row.fact for row in rows if isinstance(row.fact, Subscription)]
    return {key_id: Belongs(fact.id, fact.name) for fact in facts for key_id in fact.key_ids}


def kind_name(kind: KeyKind) -> str:
    return {KeyKind.LICENSE: _("License key"), KeyKind.COMPANY_SWITCH: _("Company switch")}[kind]


def masked(key: str) -> str:
    """Bullets for all but the last group, which tells keys apart without being one."""
    groups = [group for group in _SEPARATORS.split(key.strip()) if group]
    if len(groups) > 1:
        return " - ".join([_BULLETS] * (len(groups) - 1) + [groups[-1]])
    return f"{_BULLETS}{_BULLETS}{ending(key)}"


def ending(key: str) -> str:
    """What `masked` leaves readable; '' when nothing is."""
    groups = [group for group in _SEPARATORS.split(key.strip()) if group]
    if len(groups) > 1:
        return groups[-1]
    return key[-_SHOWN_CHARS:] if len(key) >= _SHORTEST_SHOWN else ""


def copied_words(clear_after_s: int) -> str:
    if clear_after_s < 120:
        return _("Copied. The clipboard is cleared in {n} s").format(n=clear_after_s)
    minutes = clear_after_s // 60
    return ngettext(
        "Copied. The clipboard is cleared in {n} minute",
        "Copied. The clipboard is cleared in {n} minutes",
        minutes,
    ).format(n=minutes)


def _place(key: LicenseKey) -> tuple[str, str, bool, str]:
    """By product, its license before its company switch."""
    return sort_key(key.product), key.product, key.key_kind is not KeyKind.LICENSE, key.id


def _found(keys: tuple[LicenseKey, ...], text: str) -> tuple[LicenseKey, ...]:
    """Those in which every word of `text` begins a word; the hidden part of a key is not searched."""
    wanted = words(text)
    return tuple(key for key in keys if all(match_spans(_searchable(key), word) for word in wanted))


def _searchable(key: LicenseKey) -> str:
    return " ".join((key.product, kind_name(key.key_kind), key.note, ending(key.key)))
