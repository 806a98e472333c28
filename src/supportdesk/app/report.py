"""Report a problem: the presenter behind the wizard."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from supportdesk import clock, i18n
from supportdesk.app import system_info
from supportdesk.app.draft_keeper import DraftKeeper, Write
from supportdesk.app.flows import report_draft, report_flow
from supportdesk.app.flows.report_draft import DraftFile, ReportDraft
from supportdesk.app.flows.report_flow import Move, Position, Step
from supportdesk.app.intake import Intake
from supportdesk.app.known_answers import KnownAnswers
from supportdesk.app.prefill import Prefill
from supportdesk.app.presenter import Presenter
from supportdesk.app.report_opening import KIND, Loaded, base, begun, load, resumed
from supportdesk.app.report_sending import Progress, ReportSending
from supportdesk.app.report_state import ReportState
from supportdesk.app.settings import DIAGNOSTICS_ATTACHED
from supportdesk.app.workspace import Workspace
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import Command, FileRef, RateArticle
from supportdesk.domain.errors import InvalidInput, SupportDeskError
from supportdesk.domain.projections import Account, Draft
from supportdesk.domain.reporting import Problem, problems
from supportdesk.i18n import _
from supportdesk.replica.writer import Writer


class ReportPresenter(Presenter[ReportState]):
    def __init__(self, workspace: Workspace, account: Account) -> None:
        super().__init__(workspace, ReportState())
        self._account = account
        self._wish: Callable[[], None] = self.open
        """How the form was opened last: again so when what it is made of arrives or changes."""
        self._touched: set[str] = set()
        self._asked = False
        """Next was pressed on this step: from then on all its problems are shown."""
        self._keeper = DraftKeeper(workspace, self._content, self._kept, self._not_kept)
        self._intake = Intake(workspace, lambda: len(self.state.draft.files), self._took, self._intake_told)
        self._answers = KnownAnswers(workspace, account.id, lambda found: self._show(suggestions=found))
        self._sending = ReportSending(workspace, account.id, self._keeper)

    @property
    def has_changes(self) -> bool:
        """Something was said that `keep` has not written yet."""
        return self._keeper.is_dirty

    # -- opening ---------------------------------------------------------------------------------------

    def open(self, *, draft_id: str = "", prefill: Prefill | None = None, anew: bool = False) -> None:
        """Goes on with a draft, begins with a prefill, begins anew, or offers the drafts there are.

        What stands in the form is kept first; when that fails, the form stays.
        """

        account_id = self._account.id
        self._wish = partial(self.open, draft_id=draft_id, prefill=prefill, anew=anew)

        def begin(loaded: Loaded) -> None:
            self._begin(loaded, draft_id, prefill, anew)

        def read(_nothing: None) -> None:
            reading = self.workspace.read
            self.jobs.start(
                self, "load", lambda: reading(lambda r: load(r, account_id)), begin, self._not_loaded
            )

        def stay(error: SupportDeskError) -> None:
            self._keeper.touch()
            self._not_kept(error)

        self.jobs.start(self, "load", self._keeper.kept, read, stay)

    def resume(self, draft_id: str) -> None:
        """Goes on with one of the drafts that are offered."""
        kept = next((draft for draft in self.state.drafts if draft.id == draft_id), None)
        if kept is not None:
            self._resume(self.state, kept)

    def begin_anew(self) -> None:
        self._begin_with(self.state, Prefill())

    def delete_draft(self, draft_id: str, deleted: Callable[[Draft], None]) -> None:
        """Deletes one of the drafts that are offered; `deleted` gets what `restore_draft` would need."""
        gone = next((draft for draft in self.state.drafts if draft.id == draft_id), None)
        if gone is None:
            return

        def done(_nothing: None) -> None:
            left = tuple(draft for draft in self.state.drafts if draft.id != draft_id)
            if left:
                self._show(drafts=left)
            else:
                self.begin_anew()
            deleted(gone)

        self.jobs.start(
            self,
            "delete",
            lambda: self._keeper.write(lambda w: w.delete_draft(draft_id)),
            done,
            self._trouble,
        )

    def restore_draft(self, draft: Draft, restored: Callable[[], None]) -> None:
        """Brings a deleted draft back."""
        self.jobs.start(
            self,
            "restore",
            lambda: self._keeper.write(lambda w: w.save_draft(draft)),
            lambda _nothing: restored(),
            self._trouble,
        )

    def _begin(self, loaded: Loaded, draft_id: str, prefill: Prefill | None, anew: bool) -> None:
        form = msgspec.structs.replace(base(loaded, self._account), focus_turn=self.state.focus_turn)
        wanted = next((draft for draft in loaded.drafts if draft.id == draft_id), None)
        if not form.ready:
            self.replace(form)  # the first synchronisation is still under way
        elif wanted is not None:
            self._resume(form, wanted)
        elif prefill is not None or anew or not loaded.drafts:
            self._begin_with(form, prefill or Prefill())
        else:
            self.replace(msgspec.structs.replace(form, drafts=loaded.drafts))

    def _not_loaded(self, error: SupportDeskError) -> None:
        self.replace(ReportState(error=error))

    def _begin_with(self, form: ReportState, prefill: Prefill) -> None:
        offered = self.workspace.settings.get(DIAGNOSTICS_ATTACHED)
        self._enter(begun(form, prefill, with_system_info=offered))
        if self.state.draft.filled:
            self._keeper.touch()
            self._show()
        self.add_paths(list(prefill.files()))

    def _resume(self, form: ReportState, kept: Draft) -> None:
        try:
            self._enter(resumed(form, kept))
        except InvalidInput as error:
            self._not_loaded(error)

    def _enter(self, state: ReportState) -> None:
        self._asked = False
        self._touched.clear()
        self._keeper.begin()
        self._intake.begin(state.capabilities.limits)
        self.replace(state)
        self._answers.look_for(state.draft.subject)

    # -- writing ---------------------------------------------------------------------------------------

    def say(self, field: str, value: str) -> None:
        """`field` is a text attribute of ReportDraft, or `fields.<id>` for a question of the vendor's."""
        draft = report_draft.answered(self.state.draft, field, value)
        if draft == self.state.draft:
            return
        if field == "desk_id":
            draft = self._fitted(draft)
        self._change(draft)
        if field == "subject":
            self._answers.look_for(value)

    def _fitted(self, draft: ReportDraft) -> ReportDraft:
        """What the desk does not offer is asked for anew, at once."""
        fitted = report_draft.fit_to_desk(draft, self.state.catalogue)
        for field in ("service_id", "type_id"):
            if getattr(fitted, field) != getattr(draft, field):
                self._touched.add(field)
        return fitted

    def left(self, field: str) -> None:
        """The focus left a field: from now on what is wrong with it is said."""
        self._touched.add(field)
        self._show()

    def speak(self) -> None:
        """The language has changed: what is wrong is said in it."""
        self._show()

    def keep(self) -> None:
        """Writes the draft if something changed."""
        self._keeper.keep()

    def _change(self, draft: ReportDraft) -> None:
        if self.state.sending:  # what is being sent is what was checked
            return
        self._keeper.touch()
        self._show(draft=draft, trouble="")

    def _show(self, **changes: object) -> None:
        state = msgspec.structs.replace(self.state, **changes)
        shown = tuple(p for p in self._problems(state) if self._is_shown(state, p))
        self.replace(msgspec.structs.replace(state, shown=shown))

    def _problems(self, state: ReportState) -> tuple[Problem, ...]:
        if not state.draft_id:
            return ()
        intent = report_draft.to_intent(state.outgoing)
        return problems(intent, state.catalogue, state.capabilities.limits, i18n.language())

    def _is_shown(self, state: ReportState, problem: Problem) -> bool:
        asked = self._asked and report_flow.step_of(problem) is state.position.step
        return asked or problem.field in self._touched

    def _content(self) -> Write:
        draft = self._draft()
        return lambda writer: writer.save_draft(draft)

    def _draft(self) -> Draft:
        state = self.state
        said = msgspec.structs.replace(state.draft, reached=int(state.position.reached))
        return Draft(
            id=state.draft_id,
            account_id=self._account.id,
            kind=KIND,
            subject=state.draft.subject,
            step=int(state.position.step),
            content=report_draft.encode(said),
            files=tuple(each.file for each in state.draft.files),
            updated_at=clock.now(),
        )

    def _kept(self) -> None:
        self._show(saved_at=clock.now())

    def _not_kept(self, error: SupportDeskError) -> None:
        self._show(trouble=_("The draft could not be saved. {reason}").format(reason=error))

    def _trouble(self, error: SupportDeskError) -> None:
        self._show(trouble=f"{error} {error.next_step}")

    # -- known answers ---------------------------------------------------------------------------------

    def read_article(self, publication_id: str) -> None:
        self._answers.read(publication_id, lambda article: self._show(article=article), self._trouble)

    def close_article(self) -> None:
        self._show(article=None)

    def article_solved_it(self, done: Callable[[Draft], None]) -> None:
        """Rates the article as helpful and throws the draft away: there is nothing to report any more.

        `done` gets what `restore_draft` would need.
        """
        article = self.state.article
        if article is None:
            return
        command = Command(clock.uuid7(), clock.now(), RateArticle(article.id, helpful=True))
        draft = self._draft()

        def both(writer: Writer) -> None:
            writer.send(None, self._account.id, command)
            writer.delete_draft(draft.id)

        def solved(_nothing: None) -> None:
            self._sending.kick()
            self.begin_anew()
            done(draft)

        self._keeper.forget()
        self.jobs.start(self, "solved", lambda: self._keeper.write(both), solved, self._trouble)

    # -- files -----------------------------------------------------------------------------------------

    def add_paths(self, paths: list[Path]) -> None:
        self._intake.add_paths(paths)

    def add_bytes(self, content: bytes, name: str, warning: str = "", blacked_out: int = 0) -> None:
        """What was captured or marked; `warning` and `blacked_out` as in DraftFile."""
        self._intake.add_bytes(content, name, warning, partial(self._took, blacked_out=blacked_out))

    def add_made(self, make: Callable[[], bytes], name: str, warning: str = "") -> None:
        """As `add_bytes`, when the bytes are still to be made: that runs on the cpu lane."""
        self._intake.add_made(make, name, warning)

    def replace_file(self, file: FileRef, content: bytes, blacked_out: int = 0) -> None:
        """The picture was marked again, with so many areas more blacked out: the new one takes its place."""

        def put(fresh: FileRef) -> None:
            known = sum(each.blacked_out for each in self.state.draft.files if each.file == file)
            self._swap(file, file=fresh, blacked_out=known + blacked_out)

        self._intake.exchange(content, file.name, put)

    def rename_file(self, file: FileRef, name: str) -> None:
        self._swap(file, file=report_draft.renamed(file, name))

    def tick_file(self, file: FileRef, include: bool) -> None:
        self._swap(file, include=include)

    def remove_file(self, file: FileRef) -> None:
        self._change(report_draft.without_file(self.state.draft, file))

    def put_back(self, draft_id: str, removed: DraftFile) -> None:
        """While the report that it was removed from is still being written."""
        is_written = self.state.position.step is not Step.SENT and not self.state.sending
        if self.state.draft_id == draft_id and is_written:
            self._change(report_draft.with_file(self.state.draft, removed))

    def tick_system_info(self, include: bool) -> None:
        self._change(msgspec.structs.replace(self.state.draft, include_system_info=include))

    def system_info(self) -> str:
        """What the file about this computer will say, for the preview."""
        return system_info.text(self.state.draft.source)

    def _swap(self, present: FileRef, **changes: object) -> None:
        held = next((each for each in self.state.draft.files if each.file == present), None)
        if held is not None:
            changed = msgspec.structs.replace(held, **changes)
            self._change(report_draft.with_file_changed(self.state.draft, present, changed))

    def _took(self, file: FileRef, warning: str, blacked_out: int = 0) -> None:
        fresh = DraftFile(file, warning=warning, blacked_out=blacked_out)
        self._change(report_draft.with_file(self.state.draft, fresh))

    def _intake_told(self) -> None:
        self._show(adding=self._intake.adding, trouble=self._intake.problem)

    # -- moving ----------------------------------------------------------------------------------------

    def next(self) -> None:
        self._move(report_flow.move(self.state.position, Move.NEXT, self._problems(self.state)))

    def back(self) -> None:
        self._move(report_flow.move(self.state.position, Move.BACK, ()))

    def jump(self, step: Step) -> None:
        self._move(report_flow.jump(self.state.position, step, self._problems(self.state)))

    def another(self) -> None:
        self.open(anew=True)

    def _move(self, moved: report_flow.Moved) -> None:
        problem = moved.first_problem
        self._asked = problem is not None
        if moved.position != self.state.position:
            self._keeper.touch()
        if problem is None:
            self._show(position=moved.position)
        else:
            turn = self.state.focus_turn + 1
            self._show(position=moved.position, focus=problem.field, focus_turn=turn)

    # -- sending ---------------------------------------------------------------------------------------

    def send(self) -> None:
        """From the moment `delivery` appears the report is safe on this computer."""
        state = self.state
        if state.sending:
            return
        if state.adding:
            self._show(trouble=_("A file is still being added. Send it in a moment."))
            return
        moved = report_flow.move(self.state.position, Move.SEND, self._problems(self.state))
        if moved.first_problem is not None:
            self._move(moved)
        elif moved.position.step is Step.SENT:
            self._show(sending=True, trouble="")
            self.jobs.start(
                self, "send", self._keeper.kept, lambda _nothing: self._send_now(), self._not_sent
            )

    def _send_now(self) -> None:
        draft_id = self.state.draft_id
        self._sending.send(draft_id, self.state.outgoing, lambda: self._saved(draft_id), self._not_sent)

    def try_now(self) -> None:
        self.workspace.sync.try_again(self._account.id)

    def correct(self) -> None:
        """Takes back what the vendor did not accept and shows it in the form again."""
        draft_id = self.state.draft_id
        self._sending.take_back(draft_id, lambda: self.open(draft_id=draft_id), self._trouble)

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id != self._account.id:
            return
        if self.state.position.step is Step.SENT and change.touches("outbox", "sync"):
            self._follow()
        elif (not self.state.ready and change.touches("catalogue")) or (
            self.state.choosing and change.touches("draft") and change.origin != self._keeper.origin
        ):
            self._wish()

    def close(self) -> None:
        for part in (self._keeper, self._intake, self._answers, self._sending):
            part.close()
        super().close()

    def _saved(self, draft_id: str) -> None:
        if draft_id != self.state.draft_id:
            return  # something else stands in the form by now
        self._show(sending=False, position=Position(Step.SENT, Step.SENT))
        self._follow()

    def _not_sent(self, error: SupportDeskError) -> None:
        self._keeper.touch()
        self._show(sending=False, trouble=f"{error} {error.safe} {error.next_step}")

    def _follow(self) -> None:
        def show(found: Progress) -> None:
            self._show(delivery=found.delivery, link=found.link, works_offline=found.by_choice)

        self._sending.follow(self.state.draft_id, show, self._trouble)
