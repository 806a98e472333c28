"""How much of the disk the app uses, and what of it can be given back."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.errors import StoreError, SupportDeskError

_DOWNLOADS = "downloads"


@dataclass(frozen=True)
class StorageState:
    """Sizes are None until they have been counted."""

    folder: Path = Path()
    data_bytes: int | None = None
    """Databases, drafts and their files: what the app cannot do without."""
    downloads_bytes: int | None = None
    """Copies of attachments that can be fetched again."""
    clearing: bool = False
    error: SupportDeskError | None = None


class StoragePresenter(Presenter[StorageState]):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, StorageState(workspace.folder))
        self.count()

    def count(self) -> None:
        folder = self.workspace.folder
        self.jobs.start(
            self,
            "count",
            lambda: self.workspace.cpu.submit(lambda: _sizes(folder)),
            self._counted,
            self._failed,
        )

    def clear_downloads(self) -> None:
        place = self.workspace.folder / _DOWNLOADS
        self.replace(replace(self.state, clearing=True, error=None))
        self.jobs.start(
            self,
            "clear",
            lambda: self.workspace.cpu.submit(lambda: _clear(place)),
            lambda _nothing: self.count(),
            self._failed,
        )

    def _counted(self, sizes: tuple[int, int]) -> None:
        data_bytes, downloads_bytes = sizes
        self.replace(
            replace(self.state, data_bytes=data_bytes, downloads_bytes=downloads_bytes, clearing=False)
        )

    def _failed(self, error: SupportDeskError) -> None:
        self.replace(replace(self.state, clearing=False, error=error))


def _sizes(folder: Path) -> tuple[int, int]:
    downloads = _total((folder / _DOWNLOADS).rglob("*"))
    return _total(folder.rglob("*")) - downloads, downloads


def _total(paths: Iterable[Path]) -> int:
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue  # finished or removed while we count
    return total


def _clear(place: Path) -> None:
    try:
        shutil.rmtree(place)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError from error
