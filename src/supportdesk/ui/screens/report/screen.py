"""The report screen: step header, pages, action bar. What to show is the presenter's matter."""

import msgspec
from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from supportdesk import i18n
from supportdesk.app.draft_keeper import KEEP_MS
from supportdesk.app.flows.report_draft import DraftFile
from supportdesk.app.flows.report_flow import Step
from supportdesk.app.prefill import Prefill
from supportdesk.app.report import ReportPresenter
from supportdesk.app.report_state import ReportState
from supportdesk.app.screens import Route
from supportdesk.domain.commands import FileRef
from supportdesk.domain.projections import Draft
from supportdesk.i18n import _
from supportdesk.ui import formats
from supportdesk.ui.screen import Screen, ScreenContext
from supportdesk.ui.screens.report.about_step import AboutStep
from supportdesk.ui.screens.report.check_step import CheckStep
from supportdesk.ui.screens.report.drafts_page import DraftsPage
from supportdesk.ui.screens.report.pictures_in import PicturesIn
from supportdesk.ui.screens.report.preview_page import PreviewPage
from supportdesk.ui.screens.report.previews import Previews
from supportdesk.ui.screens.report.sent_page import SentPage
from supportdesk.ui.screens.report.show_step import ShowStep
from supportdesk.ui.screens.report.step_page import StepPage
from supportdesk.ui.screens.report.what_step import WhatStep
from supportdesk.ui.theme import theme
from supportdesk.ui.widgets.action_bar import ActionBar
from supportdesk.ui.widgets.empty_state import ErrorState
from supportdesk.ui.widgets.focus_order import focus_in_reading_order
from supportdesk.ui.widgets.layouts import column
from supportdesk.ui.widgets.skeleton import Skeleton
from supportdesk.ui.widgets.step_header import StepHeader

_ROOM_FOR_ICON = 560
"""With large letters in a small window the words of the buttons need the room."""


class ReportScreen(Screen):
    def __init__(self, context: ScreenContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._presenter = ReportPresenter(context.workspace, context.account)
        self._pictures = PicturesIn(self._presenter, context.frame, self)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._focus_turn = 0
        self._made: tuple[object, ...] = ()
        """What the controls were made of when Tab was led through them."""
        self._step: Step | None = None
        self._build()
        self._connect()
        self.retranslate()
        self._presenter.show_to(self._render)

    def open(self, args: dict[str, str]) -> None:
        """`draft_id` goes on with a draft, `prefill` (JSON of Prefill) or `new` begins one."""
        self._preview_open = False
        self._step = None
        self._about.forget_search()
        prefill = msgspec.json.decode(args["prefill"], type=Prefill) if args.get("prefill") else None
        self._presenter.open(draft_id=args.get("draft_id", ""), prefill=prefill, anew=bool(args.get("new")))
        if prefill is not None and prefill.screenshot:
            self._pictures.capture()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Report a problem"))
        self._header.set_titles(
            [_("What is it about?"), _("What happened?"), _("Show us"), _("Check and send")]
        )
        self._close.setText(_("Close"))
        self._back.setText(_("Back"))
        for step in self._steps.values():
            step.retranslate()
        for page in (self._drafts, self._sent, self._preview):
            page.retranslate()
        self._error.set_texts(_("The form cannot be shown."), "")
        self._presenter.speak()
        self._render(self._presenter.state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what is in front: first the look at one item, then the report."""
        if event.key() == Qt.Key.Key_Escape and self._pages.currentWidget() is self._preview:
            self._close_preview()
        else:
            super().keyPressEvent(event)

    def end(self) -> None:
        self._keep.stop()
        self._pictures.end()
        self._previews.end()
        self._presenter.close()

    def _build(self) -> None:
        context, presenter = self.context, self._presenter
        vendor, language = context.profile.short_name, context.profile.default_language
        self._header = StepHeader()
        self._pages = QStackedWidget()
        self._about = AboutStep(presenter, vendor, language)
        self._what = WhatStep(presenter, vendor, language)
        self._show_us = ShowStep(presenter, context.frame.cameras, vendor, language)
        self._check = CheckStep(presenter, vendor, language, context.profile.name)
        self._steps: dict[Step, StepPage] = {
            Step.ABOUT: self._about,
            Step.WHAT: self._what,
            Step.SHOW: self._show_us,
            Step.CHECK: self._check,
        }
        self._drafts, self._sent, self._preview = DraftsPage(), SentPage(context.profile), PreviewPage()
        self._previews = Previews(presenter, self._preview, language, self._open_preview)
        self._loading, self._error = Skeleton("page"), ErrorState()
        self._preview_open = False
        for page in (
            *self._steps.values(),
            self._drafts,
            self._sent,
            self._preview,
            self._loading,
            self._error,
        ):
            self._pages.addWidget(page)
        self._bar = ActionBar()
        self._close = self._bar.add_button("", "neutral")
        self._back = self._bar.add_button("", "secondary")
        self._next = self._bar.add_button("", "primary")
        layout = column(self)
        layout.addWidget(self._header)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._bar)

    def _connect(self) -> None:
        presenter, frame = self._presenter, self.context.frame
        self._keep.timeout.connect(presenter.keep)
        self._header.step_requested.connect(self._jump)
        self._close.clicked.connect(frame.back)
        self._back.clicked.connect(presenter.back)
        self._next.clicked.connect(self._go_on)
        self._drafts.chosen.connect(presenter.resume)
        self._drafts.anew_requested.connect(presenter.begin_anew)
        self._drafts.delete_requested.connect(self._delete_draft)
        self._show_us.capture_requested.connect(self._pictures.capture)
        self._show_us.photograph_requested.connect(self._pictures.photograph)
        self._show_us.choose_requested.connect(self._pictures.choose)
        self._show_us.paste_requested.connect(self._pictures.paste)
        self._show_us.files_dropped.connect(self._pictures.add_names)
        self._show_us.image_dropped.connect(self._pictures.add_image)
        self._show_us.edit_requested.connect(self._pictures.edit)
        self._show_us.remove_requested.connect(self._remove_file)
        self._show_us.open_requested.connect(self._previews.view_file)
        self._show_us.pictures_wanted.connect(self._load_thumbnails)
        self._what.image_pasted.connect(self._pictures.add_image)
        self._what.files_pasted.connect(self._pictures.add_names)
        self._what.picture_wanted.connect(self._pictures.choose)
        self._what.known.solved.connect(self._solve)
        self._what.known.ticket_requested.connect(self._open_ticket)
        self._what.known.link_requested.connect(frame.open_link)
        self._check.view_report_requested.connect(self._previews.view_report)
        self._check.view_file_requested.connect(self._previews.view_file)
        self._check.view_system_info_requested.connect(self._previews.view_system_info)
        self._preview.closed.connect(self._close_preview)
        self._sent.open_ticket_requested.connect(self._open_ticket)
        self._sent.tickets_requested.connect(self._open_tickets)
        self._sent.another_requested.connect(presenter.another)
        self._sent.try_now_requested.connect(presenter.try_now)
        self._sent.correct_requested.connect(presenter.correct)
        self._sent.sign_in_requested.connect(frame.sign_in)
        self._sent.log_copied.connect(self._tell_copied)

    def _render(self, state: ReportState) -> None:
        page = self._page_for(state)
        for part in (self._drafts, self._sent) if not isinstance(page, StepPage) else (page,):
            part.render_state(state)
        self._pages.setCurrentWidget(page)
        in_steps = isinstance(page, StepPage)
        self._header.setVisible(in_steps)
        self._bar.setVisible(in_steps)
        self._header.set_state(state.position.step - 1, state.position.reached - 1)
        self._render_bar(state)
        if state.error is not None:
            self._error.set_texts(str(state.error), f"{state.error.safe} {state.error.next_step}")
        self.tell_crumb(_("Delivery log") if page is self._sent else "")
        self._order_focus(state, page)
        self._move_focus(state, page)
        if self._presenter.has_changes and not self._keep.isActive():
            self._keep.start()

    def _page_for(self, state: ReportState) -> QWidget:
        if state.error is not None:
            return self._error
        if not state.ready:
            return self._loading
        if state.choosing:
            return self._drafts
        if state.position.step is Step.SENT:
            return self._sent
        return self._preview if self._preview_open else self._steps[state.position.step]

    def _render_bar(self, state: ReportState) -> None:
        saved = ""
        if state.saved_at is not None:
            saved = _("Draft saved {time}").format(time=formats.time_of_day(state.saved_at))
        self._bar.set_note(saved)
        last = state.position.step is Step.CHECK
        self._back.setVisible(state.position.step is not Step.ABOUT)
        self._next.setText(_("Send ticket") if last else _("Next"))
        roomy = self.width() >= theme().scaled(_ROOM_FOR_ICON)
        self._next.set_icon("send" if last and roomy else None)
        self._next.set_busy(state.sending)

    def _order_focus(self, state: ReportState, page: QWidget) -> None:
        draft = state.draft
        asked = (draft.desk_id, draft.service_id, draft.type_id)
        listed = (state.drafts, draft.files, state.suggestions, state.article)
        made = (page, self.width(), i18n.language(), *asked, *listed)
        if made != self._made:
            self._made = made
            focus_in_reading_order(self._header, page, self._bar)
            self._what.lead_into_description()

    def _move_focus(self, state: ReportState, page: QWidget) -> None:
        if page is self._drafts and self._step is None:
            self._step = Step.ABOUT
            self._drafts.focus_first()
        if page is self._sent and self._step is not Step.SENT:
            self._step = Step.SENT
            self._sent.focus_first()
        if not isinstance(page, StepPage):
            return
        if state.focus_turn != self._focus_turn:
            self._focus_turn = state.focus_turn
            self._step = state.position.step
            page.focus_field(state.focus)
        elif state.position.step is not self._step:
            self._step = state.position.step
            page.focus_field("")

    @Slot()
    def _go_on(self) -> None:
        if self._presenter.state.position.step is Step.CHECK:
            self._presenter.send()
        else:
            self._presenter.next()

    @Slot(int)
    def _jump(self, index: int) -> None:
        self._presenter.jump(Step(index + 1))

    @Slot(object, QSize)
    def _load_thumbnails(self, files: list[FileRef], size: QSize) -> None:
        self._previews.load_thumbnails(files, size, self._show_us.set_picture)

    @Slot(object)
    def _remove_file(self, removed: DraftFile) -> None:
        presenter, draft_id = self._presenter, self._presenter.state.draft_id
        presenter.remove_file(removed.file)
        self.context.frame.toast(
            _("The file was removed."),
            action=_("Undo"),
            on_action=lambda: presenter.put_back(draft_id, removed),
        )

    def _open_preview(self) -> None:
        self._preview_open = True
        self._render(self._presenter.state)

    @Slot()
    def _close_preview(self) -> None:
        self._preview_open = False
        self._step = None
        self._render(self._presenter.state)

    @Slot(str)
    def _delete_draft(self, draft_id: str) -> None:
        self._presenter.delete_draft(draft_id, self._tell_deleted)

    def _tell_deleted(self, draft: Draft) -> None:
        self._offer_undo(_("The draft was deleted."), draft)

    @Slot()
    def _solve(self) -> None:
        self._presenter.article_solved_it(self._tell_solved)

    def _tell_solved(self, draft: Draft) -> None:
        self.context.frame.back()
        self._offer_undo(_("Good that it helped. The draft was deleted."), draft)

    def _offer_undo(self, text: str, draft: Draft) -> None:
        frame, presenter = self.context.frame, self._presenter
        frame.toast(
            text,
            action=_("Undo"),
            on_action=lambda: presenter.restore_draft(
                draft, lambda: frame.go(Route("report", {"draft_id": draft.id}))
            ),
        )

    @Slot(str)
    def _open_ticket(self, ticket_id: str) -> None:
        self.context.frame.go(Route("ticket", {"ticket_id": ticket_id}))

    @Slot()
    def _open_tickets(self) -> None:
        self.context.frame.go(Route("tickets"))

    @Slot()
    def _tell_copied(self) -> None:
        self.context.frame.toast(_("The log was copied."))
