"""Report a problem: the presenter behind the wizard."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from supportdesk import clock, i18n
from supportdesk.app import file_intake, system_info
from supportdesk.app.composer import uncancelled
from supportdesk.app.flows import report_draft, report_flow
from supportdesk.app.flows.report_draft import DraftFile, ReportDraft
from supportdesk.app.flows.report_flow import Move, Position, Step
from supportdesk.app.prefill import Prefill
from supportdesk.app.presenter import Presenter
from supportdesk.app.settings import DIAGNOSTICS_ATTACHED
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Capabilities, Capability
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import Command, FileRef, RateArticle
from supportdesk.domain.entities import Person, Publication
from supportdesk.domain.errors import InvalidInput, SupportDeskError
from supportdesk.domain.projections import Account, Delivery, Draft, Link, Suggestion
from supportdesk.domain.reporting import Problem, file_problems, problems
from supportdesk.i18n import _
from supportdesk.replica.reader import Reader

KIND = "report"
MIN_SUBJECT_CHARS = 3


class ReportState(msgspec.Struct, frozen=True):
    """`shown` are the problems the customer gets to see; `focus` names the field that gets the focus, and
    `focus_turn` grows with each such wish."""

    ready: bool = False
    error: SupportDeskError | None = None
    catalogue: Catalogue = Catalogue()
    capabilities: Capabilities = Capabilities()
    people: tuple[Person, ...] = ()
    drafts: tuple[Draft, ...] = ()
    """To go on with, while the customer has not chosen between them and a new report."""
    draft_id: str = ""
    draft: ReportDraft = ReportDraft()
    position: Position = Position()
    shown: tuple[Problem, ...] = ()
    focus: str = ""
    focus_turn: int = 0
    saved_at: datetime | None = None
    suggestions: tuple[Suggestion, ...] = ()
    article: Publication | None = None
    adding: int = 0
    trouble: str = ""
    sending: bool = False
    delivery: Delivery | None = None
    online: bool = True

    @property
    def choosing(self) -> bool:
        return bool(self.drafts) and not self.draft_id

    def problem(self, field: str) -> str:
        return next((problem.sentence for problem in self.shown if problem.field == field), "")


class _Loaded(msgspec.Struct, frozen=True):
    catalogue: Catalogue | None
    capabilities: Capabilities
    people: tuple[Person, ...]
    drafts: tuple[Draft, ...]
    online: bool


class ReportPresenter(Presenter[ReportState]):
    def __init__(self, workspace: Workspace, account: Account) -> None:
        super().__init__(workspace, ReportState())
        self._account = account
        self._dirty = False
        self._touched: set[str] = set()
        self._asked = False
        """Next was pressed on this step: from then on all its problems are shown."""

    @property
    def origin(self) -> str:
        return f"report:{id(self)}"

    @property
    def has_changes(self) -> bool:
        """Something was said that `keep` has not written yet."""
        return self._dirty

    # -- opening ---------------------------------------------------------------------------------------

    def open(self, *, draft_id: str = "", prefill: Prefill | None = None, anew: bool = False) -> None:
        """Goes on with a draft, begins with a prefill, begins anew, or offers the drafts there are."""
        self.keep()

        def begin(loaded: _Loaded) -> None:
            self._begin(loaded, draft_id, prefill, anew)

        self.jobs.start(self, "load", lambda: self.workspace.read(self._load), begin, self._not_loaded)

    def _load(self, reader: Reader) -> _Loaded:
        account_id = self._account.id
        return _Loaded(
            reader.catalogue(account_id),
            reader.capabilities(account_id),
            reader.people(account_id),
            tuple(draft for draft in reader.drafts(account_id) if draft.kind == KIND),
            reader.sync_state(account_id).link in (Link.ONLINE, Link.SYNCING),
        )

    def _begin(self, loaded: _Loaded, draft_id: str, prefill: Prefill | None, anew: bool) -> None:
        if loaded.catalogue is None:
            self.replace(ReportState(online=loaded.online))  # the first synchronisation is still under way
            return
        people = tuple(p for p in loaded.people if p.active and p.id != self._account.person_id)
        base = ReportState(
            ready=True,
            catalogue=loaded.catalogue,
            capabilities=loaded.capabilities,
            people=people if Capability.ON_BEHALF in loaded.capabilities else (),
            online=loaded.online,
        )
        wanted = next((draft for draft in loaded.drafts if draft.id == draft_id), None)
        if wanted is not None:
            self._resume(base, wanted)
        elif prefill is not None:
            self._begin_with(base, prefill)
        elif anew or not loaded.drafts:
            self._begin_with(base, Prefill())
        else:
            self.replace(msgspec.structs.replace(base, drafts=loaded.drafts))

    def _not_loaded(self, error: SupportDeskError) -> None:
        self.replace(ReportState(error=error))

    def _begin_with(self, base: ReportState, prefill: Prefill) -> None:
        trouble = ""
        try:
            draft = report_draft.from_prefill(prefill, base.catalogue)
        except InvalidInput as error:
            trouble = str(error)
            known = msgspec.structs.replace(prefill, module="", priority="", fields={})
            draft = report_draft.from_prefill(known, base.catalogue)
        offered = self.workspace.settings.get(DIAGNOSTICS_ATTACHED)
        draft = msgspec.structs.replace(draft, include_system_info=offered)
        self._enter(base, clock.uuid7(), draft, Position(), None, trouble)
        if draft.filled:
            self._change(draft)
        self.add_paths(list(prefill.files()))

    def _resume(self, base: ReportState, kept: Draft) -> None:
        draft = report_draft.decode(kept.content)
        step = Step(min(max(kept.step, Step.ABOUT), Step.CHECK))
        self._enter(base, kept.id, draft, Position(step, step), kept.updated_at, "")

    def _enter(
        self,
        base: ReportState,
        draft_id: str,
        draft: ReportDraft,
        position: Position,
        saved_at: datetime | None,
        trouble: str,
    ) -> None:
        self._dirty, self._asked = False, False
        self._touched.clear()
        self.replace(
            msgspec.structs.replace(
                base,
                draft_id=draft_id,
                draft=draft,
                position=position,
                saved_at=saved_at,
                trouble=trouble,
            )
        )
        self._suggest(draft.subject)

    def resume(self, draft_id: str) -> None:
        kept = next((draft for draft in self.state.drafts if draft.id == draft_id), None)
        if kept is not None:
            self._resume(msgspec.structs.replace(self.state, drafts=()), kept)

    def begin_anew(self) -> None:
        self._begin_with(msgspec.structs.replace(self.state, drafts=()), Prefill())

    def discard(self) -> None:
        """Throws the present draft away for good."""
        draft_id, self._dirty = self.state.draft_id, False
        self.jobs.start(self, "keep", lambda: self._write(lambda w: w.delete_draft(draft_id)))
        self.open(anew=True)

    # -- writing ---------------------------------------------------------------------------------------

    def say(self, field: str, value: str) -> None:
        """`field` is an attribute of ReportDraft, or `fields.<id>` for a question of the vendor's."""
        draft = self.state.draft
        if field.startswith("fields."):
            changed = {"fields": {**draft.fields, field.removeprefix("fields."): value}}
        else:
            changed = {field: value}  # type: ignore[dict-item]
        draft = msgspec.structs.replace(draft, **changed, filled=tuple(f for f in draft.filled if f != field))
        if draft == self.state.draft:
            return
        self._change(report_draft.fit_to_form(draft, self.state.catalogue))
        if field == "subject":
            self._suggest(value)

    def left(self, field: str) -> None:
        """The focus left a field: from now on what is wrong with it is said."""
        self._touched.add(field)
        self._show()

    def _change(self, draft: ReportDraft) -> None:
        self._dirty = True
        self._show(draft=draft, trouble="")

    def _show(self, **changes: object) -> None:
        state = msgspec.structs.replace(self.state, **changes)
        shown = tuple(p for p in self._problems(state) if self._is_shown(state, p))
        self.replace(msgspec.structs.replace(state, shown=shown))

    def _problems(self, state: ReportState) -> tuple[Problem, ...]:
        intent = report_draft.to_intent(state.draft)
        return problems(intent, state.catalogue, state.capabilities.limits, i18n.language())

    def _is_shown(self, state: ReportState, problem: Problem) -> bool:
        asked = self._asked and report_flow.step_of(problem) is state.position.step
        return asked or problem.field in self._touched

    # -- suggestions -----------------------------------------------------------------------------------

    def _suggest(self, subject: str) -> None:
        if len(subject.strip()) < MIN_SUBJECT_CHARS:
            self._show(suggestions=())
            return
        account_id = self._account.id
        self.jobs.start(
            self,
            "suggest",
            lambda: self.workspace.read(lambda r: r.suggestions(account_id, subject)),
            lambda found: self._show(suggestions=found),
        )

    def read_article(self, publication_id: str) -> None:
        account_id = self._account.id
        self.jobs.start(
            self,
            "article",
            lambda: self.workspace.read(lambda r: r.publication(account_id, publication_id)),
            lambda article: self._show(article=article),
            self._trouble,
        )

    def close_article(self) -> None:
        self._show(article=None)

    def article_solved_it(self) -> None:
        """Rates the article as helpful and throws the draft away: there is nothing to report any more."""
        article = self.state.article
        if article is None:
            return
        command = Command(clock.uuid7(), clock.now(), RateArticle(article.id, helpful=True))
        draft_id, self._dirty = self.state.draft_id, False

        def both(writer: object) -> None:
            writer.send(None, self._account.id, command)  # type: ignore[attr-defined]
            writer.delete_draft(draft_id)  # type: ignore[attr-defined]

        self.jobs.start(self, "keep", lambda: self._write(both), lambda _n: self._kick())
        self.open(anew=True)

    # -- files -----------------------------------------------------------------------------------------

    def add_paths(self, paths: list[Path]) -> None:
        limits = self.state.capabilities.limits
        blobs = self.workspace.blobs
        for path in paths:
            self._add(str(path), partial(file_intake.take_in, path, blobs, limits))

    def add_bytes(self, content: bytes, name: str, warning: str = "") -> None:
        """What was captured, pasted or marked; `warning` as in DraftFile."""
        limits, blobs = self.state.capabilities.limits, self.workspace.blobs
        self._add(name, lambda: file_intake.take_in_bytes(content, name, blobs, limits), warning)

    def replace_file(self, file: FileRef, content: bytes, warning: str = "") -> None:
        """The picture was marked again: the new one takes the place of the old."""
        limits, blobs = self.state.capabilities.limits, self.workspace.blobs

        def put(fresh: FileRef) -> None:
            files = tuple(
                DraftFile(fresh, each.include, warning or each.warning) if each.file == file else each
                for each in self.state.draft.files
            )
            self._change(msgspec.structs.replace(self.state.draft, files=files))

        cpu = self.workspace.cpu

        def take() -> FileRef:
            return file_intake.take_in_bytes(content, file.name, blobs, limits)

        self.jobs.start(self, f"add:{file.sha256}", lambda: cpu.submit(take), put, self._trouble)

    def remove_file(self, file: FileRef) -> None:
        files = tuple(each for each in self.state.draft.files if each.file != file)
        self._change(msgspec.structs.replace(self.state.draft, files=files))

    def tick_file(self, file: FileRef, include: bool) -> None:
        files = tuple(
            msgspec.structs.replace(each, include=include) if each.file == file else each
            for each in self.state.draft.files
        )
        self._change(msgspec.structs.replace(self.state.draft, files=files))

    def tick_system_info(self, include: bool) -> None:
        self._change(msgspec.structs.replace(self.state.draft, include_system_info=include))

    def _add(self, key: str, take: Callable[[], FileRef], warning: str = "") -> None:
        self._show(adding=self.state.adding + 1)
        cpu = self.workspace.cpu

        def added(file: FileRef) -> None:
            self._added(DraftFile(file, warning=warning))

        self.jobs.start(self, f"add:{key}", lambda: cpu.submit(take), added, self._not_added)

    def _added(self, fresh: DraftFile) -> None:
        present = self.state.draft.files
        self._show(adding=self.state.adding - 1)
        if any(each.file == fresh.file for each in present):
            return
        files = (*present, fresh)
        over = next(file_problems(tuple(each.file for each in files), self.state.capabilities.limits), None)
        if over is not None:
            self._show(trouble=over.sentence)
        else:
            self._change(msgspec.structs.replace(self.state.draft, files=files))

    def _not_added(self, error: SupportDeskError) -> None:
        self._show(adding=self.state.adding - 1, trouble=f"{error} {error.next_step}")

    # -- keeping ---------------------------------------------------------------------------------------

    def keep(self) -> None:
        """Writes the draft if something changed; to be called at pauses in typing."""
        if not self._dirty or self.state.position.step is Step.SENT:
            return
        self._dirty = False
        self.jobs.start(self, "keep", self._written, self._kept, self._not_kept)

    def close(self) -> None:
        if self._dirty and self.state.position.step is not Step.SENT:
            self._written()
        super().close()

    def _written(self) -> Future[None]:
        state = self.state
        draft = Draft(
            id=state.draft_id,
            account_id=self._account.id,
            kind=KIND,
            subject=state.draft.subject,
            step=int(state.position.step),
            content=report_draft.encode(state.draft),
            files=tuple(each.file for each in state.draft.files),
            updated_at=clock.now(),
        )
        return self._write(lambda writer: writer.save_draft(draft))

    def _kept(self, _nothing: None) -> None:
        self._show(saved_at=clock.now())

    def _not_kept(self, error: SupportDeskError) -> None:
        self._dirty = True
        self._show(trouble=_("The draft could not be saved. {reason}").format(reason=error))

    def _write(self, job: Callable[..., None]) -> Future[None]:
        return uncancelled(self.workspace.write(job, self.origin))

    def _trouble(self, error: SupportDeskError) -> None:
        self._show(trouble=f"{error} {error.next_step}")

    def _kick(self) -> None:
        self.workspace.sync.kick(self._account.id)

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
        self._asked = moved.first_problem is not None
        self._dirty = self._dirty or moved.position != self.state.position
        if moved.first_problem is None:
            self._show(position=moved.position)
        else:
            self._focus(moved.position, moved.first_problem)

    def _focus(self, position: Position, problem: Problem) -> None:
        self._show(position=position, focus=problem.field, focus_turn=self.state.focus_turn + 1)

    # -- sending ---------------------------------------------------------------------------------------

    def send(self) -> None:
        """From the moment `delivery` appears the report is safe on this computer."""
        if self.state.sending:
            return
        moved = report_flow.move(self.state.position, Move.SEND, self._problems(self.state))
        if moved.first_problem is not None:
            self._move(moved)
            return
        self._show(sending=True, trouble="")
        self.jobs.start(self, "info", self._info_file, self._send_with, self._not_sent)

    def _info_file(self) -> Future[tuple[FileRef, ...]]:
        blobs, wanted = self.workspace.blobs, self.state.draft.include_system_info
        text = self.system_info() if wanted else ""

        def make() -> tuple[FileRef, ...]:
            if not text:
                return ()
            return (blobs.put_bytes(text.encode(), system_info.FILE_NAME, "text/plain"),)

        return self.workspace.cpu.submit(make)

    def system_info(self) -> str:
        """What the file about this computer will say, for the preview."""
        return system_info.text(self.state.draft.source)

    def _send_with(self, extra: tuple[FileRef, ...]) -> None:
        state, account_id = self.state, self._account.id
        command = Command(state.draft_id, clock.now(), report_draft.to_intent(state.draft, extra))
        self._dirty = False
        self.jobs.start(
            self,
            "send",
            lambda: self._write(lambda w: w.send(state.draft_id, account_id, command)),
            self._saved,
            self._not_sent,
        )

    def _saved(self, _nothing: None) -> None:
        self._kick()
        self._show(sending=False, position=Position(Step.SENT, Step.SENT))
        self._follow()

    def _not_sent(self, error: SupportDeskError) -> None:
        self._dirty = True
        self._show(sending=False, trouble=f"{error} {error.safe} {error.next_step}")

    def _follow(self) -> None:
        command_id, account_id = self.state.draft_id, self._account.id

        def read(reader: Reader) -> tuple[Delivery, bool]:
            link = reader.sync_state(account_id).link
            return reader.delivery(command_id), link in (Link.ONLINE, Link.SYNCING)

        def show(found: tuple[Delivery, bool]) -> None:
            self._show(delivery=found[0], online=found[1])

        self.jobs.start(self, "follow", lambda: self.workspace.read(read), show, self._trouble)

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id != self._account.id:
            return
        if self.state.position.step is Step.SENT and change.touches("outbox", "sync"):
            self._follow()
        elif not self.state.ready and change.touches("catalogue"):
            self.open()
