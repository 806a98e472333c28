"""A new order: the presenter behind its form."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

import msgspec

from supportdesk import clock
from supportdesk.app.draft_keeper import DraftKeeper, Write
from supportdesk.app.flows import order_draft, order_table
from supportdesk.app.flows.order_draft import DraftArticle, FormProblem, OrderDraft
from supportdesk.app.flows.order_table import Import
from supportdesk.app.intake import Intake
from supportdesk.app.presenter import Presenter
from supportdesk.app.workspace import Workspace
from supportdesk.domain.capabilities import Limits
from supportdesk.domain.catalogue import Catalogue
from supportdesk.domain.changes import ChangeSet
from supportdesk.domain.commands import Command, FileRef
from supportdesk.domain.errors import InvalidInput, NotFound, SupportDeskError
from supportdesk.domain.orders import same_reference
from supportdesk.domain.projections import Account, Draft, ItemQuery, ItemRow
from supportdesk.domain.status import Stage
from supportdesk.i18n import _
from supportdesk.replica.deliveries import ORDER_DRAFT
from supportdesk.replica.reader import Reader

_LOOKED_THROUGH = 50


class OrderFormState(msgspec.Struct, frozen=True):
    """`shown` are the problems that the customer gets to see; `focus` is the first of them when sending was
    tried, and `focus_turn` grows with each such try."""

    ready: bool = False
    error: SupportDeskError | None = None
    catalogue: Catalogue = Catalogue()
    limits: Limits = Limits()
    draft_id: str = ""
    draft: OrderDraft = OrderDraft()
    shown: tuple[FormProblem, ...] = ()
    focus: FormProblem | None = None
    focus_turn: int = 0
    double: str = ""
    """Why the reference cannot be used again; '' while it can."""
    preview: Import | None = None
    """What was pasted or read from a file, until it is taken or left."""
    saved_at: datetime | None = None
    adding: int = 0
    """Files that are being copied."""
    trouble: str = ""
    sending: bool = False

    def problem(self, field: str, article: str = "") -> str:
        if field == "reference" and not article and self.double:
            return self.double
        return next((p.sentence for p in self.shown if (p.article, p.field) == (article, field)), "")


class _Loaded(msgspec.Struct, frozen=True):
    catalogue: Catalogue | None
    limits: Limits
    draft: Draft | None


class OrderForm(Presenter[OrderFormState]):
    def __init__(self, workspace: Workspace, account: Account) -> None:
        super().__init__(workspace, OrderFormState())
        self._account = account
        self._wanted = ""
        self._asked = False
        """Sending was tried: from then on all problems are shown."""
        self._touched: set[tuple[str, str]] = set()
        self._keeper = DraftKeeper(workspace, self._content, self._kept, self._not_kept)
        self._intakes: dict[str, Intake] = {}

    @property
    def has_changes(self) -> bool:
        """Something was said that `keep` has not written yet."""
        return self._keeper.is_dirty

    # -- opening ---------------------------------------------------------------------------------------

    def open(self, draft_id: str = "") -> None:
        """Goes on with a draft, or begins anew. What stands in the form is kept first."""
        if draft_id and draft_id == self.state.draft_id and not self.state.sending:
            return
        self._wanted = draft_id
        account_id = self._account.id

        def load(reader: Reader) -> _Loaded:
            draft = None
            if draft_id:
                try:
                    draft = reader.draft(draft_id)
                except NotFound:
                    draft = None
            return _Loaded(reader.catalogue(account_id), reader.capabilities(account_id).limits, draft)

        def read(_nothing: None) -> None:
            self.jobs.start(self, "load", lambda: self.workspace.read(load), self._begin, self._not_loaded)

        def stay(error: SupportDeskError) -> None:
            self._keeper.touch()
            self._not_kept(error)

        self.jobs.start(self, "load", self._keeper.kept, read, stay)

    def _begin(self, loaded: _Loaded) -> None:
        if loaded.catalogue is None:
            self.replace(OrderFormState())  # the first synchronisation is still under way
            return
        draft, kept = OrderDraft(), loaded.draft
        try:
            draft = order_draft.decode(kept.content) if kept is not None else draft
        except InvalidInput as error:
            self._not_loaded(error)
            return
        self._asked = False
        self._touched.clear()
        self._keeper.begin()
        self._end_intakes()
        if not draft.articles:
            draft = order_draft.with_articles(draft, (DraftArticle(clock.uuid7()),))
        self.replace(
            OrderFormState(
                ready=True,
                catalogue=loaded.catalogue,
                limits=loaded.limits,
                draft_id=kept.id if kept is not None else clock.uuid7(),
                draft=draft,
                focus_turn=self.state.focus_turn,
                saved_at=kept.updated_at if kept is not None else None,
            )
        )
        self._look_for_double()

    def _not_loaded(self, error: SupportDeskError) -> None:
        self.replace(OrderFormState(error=error))

    def on_change(self, change: ChangeSet) -> None:
        if change.account_id != self._account.id:
            return
        if not self.state.ready and change.touches("catalogue", "sync"):
            self.open(self._wanted)
        elif self.state.ready and change.touches("order", "outbox"):
            self._look_for_double()

    def close(self) -> None:
        self._keeper.close()
        self._end_intakes()
        super().close()

    # -- writing ---------------------------------------------------------------------------------------

    def say(self, field: str, value: str) -> None:
        """`field` is reference, order_kind or note."""
        self._change(order_draft.said(self.state.draft, field, value))
        if field == "reference":
            self._look_for_double()

    def set_cell(self, article: str, field: str, value: str) -> None:
        self._change(order_draft.with_cell(self.state.draft, article, field, value))

    def left(self, field: str, article: str = "") -> None:
        """The focus left a field: from now on what is wrong with it is said."""
        self._touched.add((article, field))
        self._show()

    def add_article(self) -> str:
        """A blank line at the end; returns its id."""
        fresh = DraftArticle(clock.uuid7())
        articles = (*self.state.draft.articles, fresh)
        self._change(msgspec.structs.replace(self.state.draft, articles=articles))
        return fresh.id

    def remove_article(self, article: str) -> Callable[[], None]:
        """Returns how to undo it."""
        before = self.state.draft
        after = order_draft.without_article(before, article)
        if not after.articles:
            after = order_draft.with_articles(after, (DraftArticle(clock.uuid7()),))
        self._change(after)
        return lambda: self._change(before)

    def keep(self) -> None:
        """Writes the draft if something changed."""
        self._keeper.keep()

    def speak(self) -> None:
        """The language has changed: what is wrong is said in it."""
        self._look_for_double()
        self._show()

    def delete(self, deleted: Callable[[Callable[[], None]], None]) -> None:
        """Throws the draft away. `deleted` gets how to undo it."""
        draft_id, bring_back = self.state.draft_id, self._content()
        self._keeper.forget()

        def undo() -> None:
            self.jobs.start(self, "undo", lambda: self._keeper.write(bring_back))

        def gone(_nothing: None) -> None:
            self._end_intakes()  # a file that arrived now would begin it anew
            self._keeper.forget()
            deleted(undo)

        self.jobs.start(
            self,
            "delete",
            lambda: self._keeper.write(lambda w: w.delete_draft(draft_id)),
            gone,
            self._trouble,
        )

    # -- tables ----------------------------------------------------------------------------------------

    def paste(self, text: str) -> None:
        """Cells of a spreadsheet; they are shown before they are taken."""
        catalogue = self.state.catalogue
        self._read_table(lambda: order_table.read_text(text, catalogue))

    def read_file(self, path: Path) -> None:
        catalogue = self.state.catalogue

        def read() -> Import:
            try:
                with path.open("rb") as file:
                    content = file.read(order_table.MAX_BYTES + 1)
            except OSError as error:
                text = _("“{name}” cannot be opened.").format(name=path.name)
                raise InvalidInput(
                    text, next_step=_("Close the program that uses it, or choose a copy.")
                ) from error
            return order_table.read_file(content, catalogue)

        self._read_table(read)

    def take_import(self) -> None:
        """The good lines become articles; the bad ones are left out."""
        preview = self.state.preview
        if preview is not None:
            self._show(preview=None)
            self._change(order_draft.with_articles(self.state.draft, preview.good))

    def leave_import(self) -> None:
        self._show(preview=None)

    def _read_table(self, read: Callable[[], Import]) -> None:
        cpu = self.workspace.cpu

        def work() -> Future[Import]:
            return cpu.submit(read)

        self.jobs.start(
            self, "table", work, lambda found: self._show(preview=found, trouble=""), self._trouble
        )

    # -- files -----------------------------------------------------------------------------------------

    def add_paths(self, article: str, paths: list[Path]) -> None:
        """`article` is the id of a line, '' for the order."""
        self._intake(article).add_paths(paths)

    def remove_file(self, article: str, file: FileRef) -> None:
        self._change(order_draft.without_file(self.state.draft, article, file))

    def _intake(self, article: str) -> Intake:
        if article not in self._intakes:

            def held() -> int:
                line = self.state.draft.article(article)
                return len(line.files if line is not None else self.state.draft.files)

            def took(file: FileRef, _warning: str) -> None:
                self._change(order_draft.with_file(self.state.draft, article, file))

            intake = self._intakes[article] = Intake(self.workspace, held, took, self._intake_told)
            intake.begin(self.state.limits)
        return self._intakes[article]

    def _intake_told(self) -> None:
        intakes = self._intakes.values()
        told = [intake.problem for intake in intakes if intake.problem]
        self._show(adding=sum(intake.adding for intake in intakes), trouble="\n".join(told))

    def _end_intakes(self) -> None:
        for intake in self._intakes.values():
            intake.close()
        self._intakes.clear()

    # -- sending ---------------------------------------------------------------------------------------

    def send(self, sent: Callable[[str], None]) -> None:
        """`sent` gets the order's id once it is safe on this computer."""
        state = self.state
        if state.sending or not state.ready:
            return
        if state.adding:
            self._show(trouble=_("A file is still being added. Send it in a moment."))
            return
        first = self._first_problem()
        if first is not None:
            self._asked = True
            self._show(focus=first, focus_turn=state.focus_turn + 1)
            return
        self._show(sending=True, trouble="")
        draft_id, intent = state.draft_id, order_draft.to_intent(state.draft)
        command = Command(draft_id, clock.now(), intent)
        account_id = self._account.id

        def safe(_nothing: None) -> None:
            self._keeper.forget()
            self.workspace.sync.kick(account_id)
            self.replace(OrderFormState(focus_turn=self.state.focus_turn))
            sent(draft_id)

        def put(_nothing: None) -> None:
            write = self._keeper.write
            self.jobs.start(
                self,
                "send",
                lambda: write(lambda w: w.send(draft_id, account_id, command)),
                safe,
                self._not_sent,
            )

        self.jobs.start(self, "send", self._keeper.kept, put, self._not_sent)

    def _first_problem(self) -> FormProblem | None:
        found = next(order_draft.problems(self.state.draft, self.state.catalogue), None)
        if self.state.double and (found is None or found.field != "reference"):
            return FormProblem("", "reference", self.state.double)
        return found

    def _not_sent(self, error: SupportDeskError) -> None:
        self._keeper.touch()
        self._show(sending=False, trouble=f"{error} {error.next_step}")

    # -- references ------------------------------------------------------------------------------------

    def _look_for_double(self) -> None:
        """Among what this computer knows; the desk looks again."""
        reference, own = self.state.draft.reference, self.state.draft_id
        if not reference.strip():
            self._show(double="")
            return
        account = self._account

        def look(reader: Reader) -> ItemRow | None:
            query = ItemQuery(account.id, "order", text=reference)
            known = reader.item_window(query, 0, _LOOKED_THROUGH)
            on_their_way = reader.local_orders(account.id)
            mine = [row for row in known if _is_of(row, account.organisation_id)]
            others = [row for row in on_their_way if row.id != own and row.state != Stage.DRAFT]
            return next((row for row in (*mine, *others) if same_reference(row.title, reference)), None)

        self.jobs.start(self, "double", lambda: self.workspace.read(look), self._found)

    def _found(self, row: ItemRow | None) -> None:
        self._show(double=_double(row) if row is not None else "")

    # -- state -----------------------------------------------------------------------------------------

    def _change(self, draft: OrderDraft) -> None:
        if self.state.sending or draft == self.state.draft:  # what is being sent is what was checked
            return
        self._keeper.touch()
        self._show(draft=draft, trouble="")

    def _show(self, **changes: object) -> None:
        state = msgspec.structs.replace(self.state, **changes)
        if state.ready:
            found = order_draft.problems(state.draft, state.catalogue)
            shown = tuple(p for p in found if self._asked or (p.article, p.field) in self._touched)
            state = msgspec.structs.replace(state, shown=shown)
        self.replace(state)

    def _content(self) -> Write:
        state = self.state
        draft = Draft(
            id=state.draft_id,
            account_id=self._account.id,
            kind=ORDER_DRAFT,
            subject=state.draft.reference.strip(),
            step=0,
            content=order_draft.encode(state.draft),
            files=state.draft.all_files,
            updated_at=clock.now(),
        )
        return lambda writer: writer.save_draft(draft)

    def _kept(self) -> None:
        self._show(saved_at=clock.now())

    def _not_kept(self, error: SupportDeskError) -> None:
        self._show(trouble=_("The draft could not be saved. {reason}").format(reason=error))

    def _trouble(self, error: SupportDeskError) -> None:
        self._show(trouble=f"{error} {error.next_step}".strip())


def _is_of(row: ItemRow, organisation_id: str) -> bool:
    return row.fact is not None and row.fact.organisation_id == organisation_id


def _double(row: ItemRow) -> str:
    if not row.number:
        text = _("An order with the reference “{reference}” is on its way already.")
        return text.format(reference=row.title)
    text = _("There is an order with the reference “{reference}” already: number {number}.")
    return text.format(reference=row.title, number=row.number)
