"""Pictures of pages: asked for when they come into sight, kept as long as there is room."""

from collections import OrderedDict
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from supportdesk.app.document_pages import DocumentPages, PagePicture
from supportdesk.app.jobs import Jobs
from supportdesk.domain.errors import SupportDeskError

_KEPT_BYTES = 160 * 2**20
_KEPT_LEAST = 3
"""Pages, however large they are."""


class PagePictures(QObject):
    """`arrived` carries the number of a page that can be painted now, or better than before."""

    arrived = Signal(int)

    def __init__(self, jobs: Jobs, pages: DocumentPages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._pages = jobs, pages
        self._scale = 0.0
        self._kept: OrderedDict[int, tuple[float, QPixmap]] = OrderedDict()
        self._asked: set[int] = set()

    def forget(self) -> None:
        """Another document."""
        self._jobs.release(self)
        self._asked.clear()
        self._kept.clear()

    def want(self, pages: Iterable[int], scale: float) -> None:
        """These, the first one first, in so many device pixels a point; no others any more."""
        wanted = list(pages)
        for page in self._asked - set(wanted) if scale == self._scale else set(self._asked):
            self._jobs.drop(self, f"page:{page}")
            self._asked.discard(page)
        self._scale = scale
        for page in wanted:
            if self._scale_of(page) != scale and page not in self._asked:
                self._asked.add(page)
                self._jobs.start(
                    self,
                    f"page:{page}",
                    partial(self._pages.render, page, scale),
                    partial(self._take, page, scale),
                    partial(self._miss, page),
                )

    def picture(self, page: int) -> QPixmap | None:
        """The latest of this page, perhaps in another size; None while there is none."""
        found = self._kept.get(page)
        if found is None:
            return None
        self._kept.move_to_end(page)
        return found[1]

    def is_sharp(self, page: int) -> bool:
        """Whether its picture has the size that was asked for last."""
        return self._scale_of(page) == self._scale

    def _scale_of(self, page: int) -> float:
        return self._kept[page][0] if page in self._kept else 0.0

    def _take(self, page: int, scale: float, picture: PagePicture) -> None:
        self._asked.discard(page)
        self._kept[page] = (scale, QPixmap.fromImage(image_of(picture)))
        self._kept.move_to_end(page)
        self._make_room()
        self.arrived.emit(page)

    def _miss(self, page: int, _error: SupportDeskError) -> None:
        """It stays white: what is damaged in one page leaves the others readable."""
        self._asked.discard(page)
        self._kept[page] = (self._scale, QPixmap())

    def _make_room(self) -> None:
        while len(self._kept) > _KEPT_LEAST and sum(map(_size_bytes, self._kept.values())) > _KEPT_BYTES:
            self._kept.popitem(last=False)


def _size_bytes(kept: tuple[float, QPixmap]) -> int:
    return kept[1].width() * kept[1].height() * 4


def image_of(picture: PagePicture) -> QImage:
    image = QImage(picture.bgrx, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGB32)
    return image.copy()  # the bytes are Python's
