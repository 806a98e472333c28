"""The base of everything that a screen draws from."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:  # a window is painted before anything of the data folder is loaded
    from supportdesk.app.workspace import Workspace
    from supportdesk.domain.changes import ChangeSet

S = TypeVar("S")


class Presenter(Generic[S]):
    """Holds one frozen state and tells its one viewer when it is replaced.

    Lives on the presenters' thread (with a window: the GUI thread). A screen calls intent methods and draws
    `state`; it never changes it. `close` must be called when the screen ends.
    """

    def __init__(self, workspace: "Workspace", state: S) -> None:
        self.workspace = workspace
        self.jobs = workspace.jobs
        self.state = state
        self._viewer: Callable[[S], None] | None = None
        self._unsubscribe = workspace.on_change(self.on_change)

    def show_to(self, viewer: Callable[[S], None]) -> None:
        """`viewer` is called now and after every replacement of the state."""
        self._viewer = viewer
        viewer(self.state)

    def replace(self, state: S) -> None:
        if state == self.state:
            return
        self.state = state
        if self._viewer is not None:
            self._viewer(state)

    def on_change(self, change: "ChangeSet") -> None:
        """Something was committed to the replica; re-read what concerns this presenter."""

    def close(self) -> None:
        self._viewer = None
        self._unsubscribe()
        self.jobs.release(self)
