"""Fetches what waits for a signature ahead, so that it can be signed without a connection."""

import logging
from functools import partial

from supportdesk.app.jobs import unless_left
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.documents import DocumentState
from supportdesk.domain.entities import Attachment, Document
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import ItemQuery, ItemSort, Link
from supportdesk.replica.reader import Reader

log = logging.getLogger(__name__)

_MOST = 40
"""Documents of an account, the next deadline first."""


class DocumentsAhead(Presenter[None]):
    """One file after the other, for each account."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, None)
        self._done: set[tuple[str, str]] = set()
        """(account id, attachment id): here already, or tried in vain since the program began."""

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id and change.touches("document", "attachment", "sync"):
            self._look(change.account_id)

    def _look(self, account_id: str) -> None:
        if self.jobs.busy(self, f"fetch:{account_id}"):
            return  # it looks again when it has ended
        done = frozenset(self._done)
        self.jobs.start(
            self,
            f"look:{account_id}",
            lambda: self.workspace.read(lambda reader: _missing(reader, account_id, done)),
            partial(self._fetch, account_id),
            unless_left,
        )

    def _fetch(self, account_id: str, attachment: Attachment | None) -> None:
        if attachment is None:
            return
        self._done.add((account_id, attachment.id))
        self.jobs.start(
            self,
            f"fetch:{account_id}",
            lambda: self.workspace.sync.download(account_id, attachment),
            lambda _file: self._look(account_id),
            partial(self._failed, account_id, attachment),
        )

    def _failed(self, account_id: str, attachment: Attachment, error: SupportDeskError) -> None:
        """It is fetched when it is opened."""
        log.info("attachment %s was not fetched ahead: %s", attachment.id, error.code)
        self._look(account_id)


def _missing(reader: Reader, account_id: str, done: frozenset[tuple[str, str]]) -> Attachment | None:
    """The file of the next document to sign that is not done; None without a connection."""
    if reader.sync_state(account_id).link is not Link.ONLINE:
        return None
    query = ItemQuery(
        account_id,
        "document",
        states=(DocumentState.TO_SIGN.value,),
        sort=ItemSort.DUE,
        descending=False,
    )
    for row in reader.item_window(query, 0, _MOST):
        if isinstance(row.fact, Document) and (account_id, row.fact.file_id) not in done:
            attachments = reader.item(account_id, row.id).attachments
            found = next((each for each in attachments if each.id == row.fact.file_id), None)
            if found is not None:
                return found
    return None
