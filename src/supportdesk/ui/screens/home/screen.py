"""Home: greeting, what waits, tiles, how to reach the vendor."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from supportdesk.app.home import HomePresenter, HomeState, WaitingCell, waiting_cell
from supportdesk.app.screens import Route
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.home.footer import HomeFooter
from supportdesk.ui.screens.home.heading import Heading
from supportdesk.ui.screens.home.tile_grid import TileGrid
from supportdesk.ui.screens.home.waiting_strip import WaitingStrip
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.banner import Banner
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.page_layout import PageLayout


class HomeScreen(Screen):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._presenter = HomePresenter(
            context.workspace, context.account, context.profile, context.capabilities
        )
        self._build()
        self._connect()
        self._presenter.show_to(self._render)

    def open(self, args: dict[str, str]) -> None:  # noqa: ARG002 - this screen has no arguments
        self._presenter.read()
        self._tiles.focus_first()

    def refresh(self) -> None:
        self._presenter.read()

    def retranslate(self) -> None:
        self._render(self._presenter.state)

    def end(self) -> None:
        self._presenter.close()

    def _build(self) -> None:
        space = theme().space
        self.setAccessibleName(_("Home"))
        self._page = PageLayout()
        self._heading = Heading()
        self._waiting = WaitingStrip()
        self._error = Banner(tone="warning")
        self._tiles = TileGrid()
        self._footer = HomeFooter()
        self._page.column.setSpacing(space.xl)
        self._page.add(self._heading)
        for part in (self._error, self._waiting, self._tiles):
            self._page.add(part)
        self._page.column.addStretch(1)
        self._error.hide()
        lines = column(self)
        lines.addWidget(self._page, 1)
        lines.addWidget(self._footer)

    def _connect(self) -> None:
        self._tiles.opened.connect(self._open_route)
        self._waiting.opened.connect(self._open_cell)
        self._waiting.unfold_requested.connect(self._presenter.unfold)
        self._footer.link_requested.connect(self._open_link)
        self._footer.video_requested.connect(self._open_video)
        self._page.width_changed.connect(self._fit)

    def _render(self, state: HomeState) -> None:
        self.setAccessibleName(_("Home"))
        self._heading.set_texts(self._presenter.greeting(), self.context.account.organisation_name)
        cells = [waiting_cell(each, formats.date) for each in state.waiting]
        self._waiting.set_cells(cells, state.waiting_count)
        self._tiles.set_tiles(self._presenter.tiles())
        self._footer.set_contact(self._presenter.contact())
        self._error.setVisible(state.error is not None)
        if state.error is not None:
            self._error.set_texts(f"{state.error.safe} {state.error.next_step}", str(state.error))

    @Slot(object)
    def _open_route(self, route: Route) -> None:
        self.context.frame.go(route)

    @Slot(object)
    def _open_cell(self, cell: WaitingCell) -> None:
        if cell.route is None:
            self.context.frame.sign_in()
        else:
            self.context.frame.go(cell.route)

    @Slot(str)
    def _open_link(self, url: str) -> None:
        self.context.frame.open_link(url)

    @Slot(str)
    def _open_video(self, video: str) -> None:
        self.context.frame.open_video(video)

    @Slot(int)
    def _fit(self, content_width: int) -> None:
        self._heading.set_compact(self._page.is_narrow)
        self._waiting.set_width(content_width)
        self._tiles.set_width(content_width)
