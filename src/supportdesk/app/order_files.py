"""Files that are added to an order that is there already, or to one of its articles."""

from collections.abc import Callable
from pathlib import Path

from supportdesk.app.conversation_presenter import ItemPresenter
from supportdesk.app.intake import Intake
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.commands import AddFiles, FileRef


class AddedFiles:
    """One handful of files on its way, on the presenters' thread: sent together once all are read.

    `article` is a place in the order's articles. `refused` hears why some were not taken.
    """

    def __init__(
        self,
        workspace: Workspace,
        presenter: ItemPresenter,
        order_id: str,
        article: int | None,
        refused: Callable[[str], None],
    ) -> None:
        self._presenter = presenter
        self._order_id, self._article = order_id, article
        self._refused = refused
        self._files: list[FileRef] = []
        self._intake = Intake(workspace, lambda: len(self._files), self._took, self._told)

    def begin(self, paths: list[Path], limits: Limits) -> None:
        self._intake.begin(limits)
        self._intake.add_paths(paths)

    def close(self) -> None:
        self._intake.close()

    def _took(self, file: FileRef, _warning: str) -> None:
        if file not in self._files:
            self._files.append(file)

    def _told(self) -> None:
        if self._intake.adding:
            return
        if self._intake.problem:
            self._refused(self._intake.problem)
        if self._files:
            files, self._files = tuple(self._files), []
            intent = AddFiles(self._order_id, files, article=self._article)
            self._presenter.send(f"add:{files[0].sha256}", intent)
