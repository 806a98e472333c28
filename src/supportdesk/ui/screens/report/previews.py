"""A look at each item before it leaves, and the small pictures of those that are pictures."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from supportdesk import i18n
from supportdesk.app.report import ReportPresenter
from supportdesk.domain.commands import FileRef
from supportdesk.domain.errors import SupportDeskError
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.picture_files import load_small
from supportdesk.ui.screens.report.preview_page import PreviewPage
from supportdesk.ui.screens.report.show_step import is_picture
from supportdesk.ui.ticket.facts import answer

_EDGE = 2048
_MAX_TEXT_BYTES = 256 * 1024


class Previews:
    """Belongs to the report screen. `shown` is called when the page has something to show."""

    def __init__(
        self, presenter: ReportPresenter, page: PreviewPage, language: str, shown: Callable[[], None]
    ) -> None:
        self._presenter = presenter
        self._page = page
        self._default_language = language
        self._shown = shown

    def view_report(self) -> None:
        state = self._presenter.state
        draft, say = state.outgoing, i18n.language()
        answers = []
        for question_id, value in draft.fields.items():
            question = state.catalogue.field(question_id)
            if question is not None and value:
                label = question.label.get(say, self._default_language)
                said = answer(question, value, self._default_language)
                answers.append(f"{label} {said}" if label.endswith("?") else f"{label}: {said}")
        parts = [draft.subject, draft.description, "\n".join(answers)]
        self._show_text(_("Your report"), "\n\n".join(part for part in parts if part))

    def view_system_info(self) -> None:
        self._show_text(_("Versions"), self._presenter.system_info())

    def view_file(self, file: FileRef) -> None:
        if is_picture(file):
            self._load_picture(file, _EDGE, lambda image: self._show_picture(file, image))
            return
        workspace = self._presenter.workspace
        path = workspace.blobs.path(file)

        def read() -> str:
            with path.open("rb") as source:
                return source.read(_MAX_TEXT_BYTES).decode("utf-8", "replace")

        workspace.jobs.start(
            self,
            "preview",
            lambda: workspace.cpu.submit(read),
            lambda text: self._show_content(file, text),
            lambda error: self._show_gone(file, error),
        )

    def load_thumbnails(self, files: list[FileRef], size: QSize, show: Callable[[str, QImage], None]) -> None:
        for file in files:

            def loaded(image: QImage, sha256: str = file.sha256) -> None:
                if not image.isNull():
                    show(sha256, image)

            self._load_picture(file, size.width(), loaded)

    def end(self) -> None:
        self._presenter.jobs.release(self)

    def _load_picture(self, file: FileRef, edge: int, show: Callable[[QImage], None]) -> None:
        workspace = self._presenter.workspace
        path = workspace.blobs.path(file)
        key = f"picture:{file.sha256}:{edge}"
        workspace.jobs.start(self, key, lambda: workspace.cpu.submit(lambda: load_small(path, edge)), show)

    def _show_picture(self, file: FileRef, image: QImage) -> None:
        if image.isNull():
            self._show_content(file, "\x00")
            return
        self._page.show_picture(file.name, image)
        self._shown()

    def _show_content(self, file: FileRef, text: str) -> None:
        readable = file.media_type.startswith("text/") or ("\x00" not in text and "\ufffd" not in text)
        size = formats.size(file.size_bytes)
        none = _("{size}. This kind of file has no preview.").format(size=size)
        self._show_text(file.name, text if readable else none)

    def _show_gone(self, file: FileRef, error: SupportDeskError) -> None:
        self._show_text(file.name, f"{error} {error.next_step}")

    def _show_text(self, name: str, text: str) -> None:
        self._page.show_text(name, text)
        self._shown()
