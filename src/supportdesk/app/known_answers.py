"""What may already help, from this computer's own index: articles and earlier tickets for a subject."""

from collections.abc import Callable

from supportdesk.app.workspace import Workspace
from supportdesk.domain.entities import Publication
from supportdesk.domain.errors import SupportDeskError
from supportdesk.domain.projections import Suggestion

MIN_CHARS = 3
MOST_ARTICLES, MOST_TICKETS = 3, 2
_LOOKED_AT = 12


class KnownAnswers:
    """Owned by a presenter, on its thread; a late answer never replaces a newer one."""

    def __init__(
        self, workspace: Workspace, account_id: str, found: Callable[[tuple[Suggestion, ...]], None]
    ) -> None:
        self._workspace = workspace
        self._account_id = account_id
        self._found = found

    def look_for(self, subject: str) -> None:
        account_id = self._account_id
        if len(subject.strip()) < MIN_CHARS:
            self._workspace.jobs.release(self)
            self._found(())
            return
        self._workspace.jobs.start(
            self,
            "look",
            lambda: self._workspace.read(lambda r: r.suggestions(account_id, subject, _LOOKED_AT)),
            lambda found: self._found(best(found)),
        )

    def read(
        self,
        publication_id: str,
        show: Callable[[Publication], None],
        failed: Callable[[SupportDeskError], None],
    ) -> None:
        account_id = self._account_id
        self._workspace.jobs.start(
            self,
            "read",
            lambda: self._workspace.read(lambda r: r.publication(account_id, publication_id)),
            show,
            failed,
        )

    def close(self) -> None:
        self._workspace.jobs.release(self)


def best(found: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    """The first few of each kind: more would push the form out of sight."""
    articles = [each for each in found if each.kind == "article"][:MOST_ARTICLES]
    tickets = [each for each in found if each.kind == "ticket"][:MOST_TICKETS]
    return (*articles, *tickets)
