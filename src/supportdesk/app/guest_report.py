"""A report by somebody who is not signed in: name, address, consent, and what happened."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from supportdesk import clock, i18n
from supportdesk.app.answered_at_once import at_field, email_trouble
from supportdesk.app.flows.report_draft import salvage
from supportdesk.app.jobs import uncancelled
from supportdesk.app.local_mailbox import LocalMail, mailbox_of, newest
from supportdesk.app.prefill import Prefill
from supportdesk.app.presenter import Presenter
from supportdesk.app.sign_in_state import Page
from supportdesk.app.way_in import NO_ERRORS
from supportdesk.app.workspace import Workspace
from supportdesk.domain.account import AccountAnswer, Door, ReportAsGuest, Reported
from supportdesk.domain.catalogue import FormField
from supportdesk.domain.commands import CreateTicket
from supportdesk.domain.errors import BackendError, IdempotencyConflict, SupportDeskError
from supportdesk.domain.profile import Profile
from supportdesk.domain.reporting import problems
from supportdesk.i18n import N_, _, ngettext

_FIELDS = ("name", "email", "subject", "description", "privacy_accepted")
_NOT_ASKED = frozenset({"desk_id", "type_id", "priority_id", "files"})
"""Of a guest: the vendor decides."""


@dataclass(frozen=True)
class GuestReport:
    """What the person has filled in."""

    name: str = ""
    email: str = ""
    service_id: str = ""
    subject: str = ""
    description: str = ""
    consent_id: str = ""
    privacy_accepted: bool = False


@dataclass(frozen=True)
class UnansweredReport:
    """One that was left before it was sent, or that may have been sent, and may have arrived."""

    command_id: str
    written: GuestReport
    answers: Mapping[str, str]
    source: str
    prefill: Prefill | None = None
    """With which it began."""


@dataclass(frozen=True)
class GuestReportState:
    profile: Profile
    begun: GuestReport = GuestReport()
    """What a host application handed over, or what was written before and left, or sent without an answer."""
    prefill: Prefill | None = None
    """As in `UnansweredReport`."""
    page: Page = Page.REPORT
    questions: tuple[FormField, ...] = ()
    """The vendor's own about the chosen service."""
    answers: Mapping[str, str] = field(default_factory=dict)
    email: str = ""
    door: Door | None = None
    mails: tuple[LocalMail, ...] = ()
    number: str = ""
    """Of what arrived; '' where the support portal does not tell it."""
    is_first_version: bool = False
    """What arrived is what was sent first, not what was changed after that."""
    busy: bool = False
    wrong: Mapping[str, str] = field(default_factory=lambda: NO_ERRORS)
    """Sentences by field; the vendor's own questions are `fields.ID`."""
    error: SupportDeskError | None = None
    rejections: int = 0

    @property
    def left_out(self) -> tuple[str, ...]:
        """A sentence about each part of the prefill that does not come along."""
        if self.prefill is None:
            return ()
        _draft, unknown = salvage(self.prefill, self.profile.catalogue)
        return (*unknown, *_files_left_out(self.prefill))


class GuestReportPresenter(Presenter[GuestReportState]):
    """The id of the report stays the same until there is an answer, also for the next presenter: trying again
    never files it twice."""

    def __init__(
        self,
        workspace: Workspace,
        profile: Profile,
        leave: Callable[[], None],
        prefill: Prefill | None = None,
        arrived: Callable[[], None] = lambda: None,
    ) -> None:
        """Files of the `prefill` and what this vendor does not know stay behind. `arrived` is called once."""
        begun = workspace.unanswered_reports.get(profile.id)
        if begun is None or prefill not in (None, begun.prefill):
            begun = _begun(profile, prefill)
        state = GuestReportState(profile, begun.written, begun.prefill, answers=begun.answers)
        super().__init__(workspace, state)
        self._leave = leave
        self._told_arrived = arrived
        self._begun = begun
        self.choose_service(begun.written.service_id)
        self.jobs.start(
            self,
            "door",
            lambda: workspace.sync.door(profile.id),
            lambda door: self.replace(replace(self.state, door=door)),
            lambda _unknown: None,
        )

    def choose_service(self, service_id: str) -> None:
        questions = self.state.profile.catalogue.form(service_id=service_id)
        self.replace(replace(self.state, questions=questions))

    def write(self, written: GuestReport) -> None:
        """What is filled in so far, for the next presenter if this one is left before it is sent."""
        self._begun = replace(self._begun, written=written)

    def close(self) -> None:
        """Nobody who looks at the page before writes it twice."""
        if self.state.page is Page.REPORT and not self.state.busy:
            left = replace(self._begun, answers=self.state.answers)
            self.workspace.unanswered_reports[self.state.profile.id] = left
        super().close()

    def answer(self, question_id: str, answer: str) -> None:
        self.replace(replace(self.state, answers={**self.state.answers, question_id: answer}))
        self.correct(f"fields.{question_id}")

    def correct(self, field: str) -> None:
        """It was changed: what was wrong with it is not said any more."""
        wrong = {name: sentence for name, sentence in self.state.wrong.items() if name != field}
        self.replace(replace(self.state, wrong=wrong))

    def send(self, written: GuestReport) -> None:
        if self.state.busy:
            return
        asked = {question.id for question in self.state.questions}
        answers = {id: answer for id, answer in self.state.answers.items() if id in asked and answer}
        wrong = self._troubles(written, answers)
        if wrong:
            self._reject(wrong)
            return
        request = ReportAsGuest(
            command_id=self._begun.command_id,
            email=written.email.strip(),
            name=written.name.strip(),
            subject=written.subject.strip(),
            description=written.description,
            language=i18n.language(),
            service_id=written.service_id,
            fields=answers,
            consent_id=written.consent_id,
            source=self._begun.source,
            privacy_accepted=True,
        )
        profile_id, sync = self.state.profile.id, self.workspace.sync
        self._begun = replace(self._begun, written=written, answers=answers)
        self.workspace.unanswered_reports[profile_id] = self._begun
        self.replace(replace(self.state, busy=True, wrong=NO_ERRORS, error=None, email=request.email))
        self.jobs.start(
            self,
            "send",
            lambda: uncancelled(sync.ask_at_door(profile_id, request)),
            self._arrived,
            self._not_sent,
        )

    def open_mailbox(self) -> None:
        folder = mailbox_of(self.workspace.folder, self.state.profile.id)
        self.jobs.start(
            self,
            "mails",
            lambda: self.workspace.cpu.submit(lambda: newest(folder)),
            lambda mails: self.replace(replace(self.state, page=Page.MAILBOX, mails=mails)),
            self._failed,
        )

    def back(self) -> None:
        """Not while it is being sent."""
        if self.state.busy:
            return
        if self.state.page is Page.MAILBOX:
            self.replace(replace(self.state, page=Page.REPORTED))
        else:
            self._leave()

    def _troubles(self, written: GuestReport, answers: dict[str, str]) -> dict[str, str]:
        profile = self.state.profile
        intent = CreateTicket(
            subject=written.subject,
            description=written.description,
            service_id=written.service_id,
            consent_id=written.consent_id,
            fields=answers,
        )
        found = problems(intent, profile.catalogue, profile.limits, i18n.language())
        wrong = {each.field: each.sentence for each in found if each.field not in _NOT_ASKED}
        if not written.name.strip():
            wrong["name"] = N_("Enter your name.")
        if trouble := email_trouble(written.email):
            wrong["email"] = trouble
        if not written.privacy_accepted:
            wrong["privacy_accepted"] = N_("Without your consent the report cannot be taken.")
        return wrong

    def _reject(self, wrong: dict[str, str]) -> None:
        state = replace(self.state, busy=False, wrong=wrong, error=None)
        self.replace(replace(state, rejections=self.state.rejections + 1))

    def _arrived(self, answer: AccountAnswer | None) -> None:
        self.workspace.unanswered_reports.pop(self.state.profile.id, None)
        number = answer.number if isinstance(answer, Reported) else ""
        state = replace(self.state, is_first_version=answer is None, number=number)
        self.replace(replace(state, busy=False, page=Page.REPORTED))
        self._told_arrived()

    def _not_sent(self, error: SupportDeskError) -> None:
        if isinstance(error, IdempotencyConflict):  # its answer was lost, and the text was changed after that
            self._arrived(None)
            return
        if not isinstance(error, BackendError):
            self.workspace.unanswered_reports.pop(self.state.profile.id, None)
        self._failed(error)

    def _failed(self, error: SupportDeskError) -> None:
        wrong = at_field(error, _FIELDS)
        if wrong:
            self._reject(wrong)
        else:
            state = replace(self.state, busy=False, error=error)
            self.replace(replace(state, rejections=self.state.rejections + 1))


def _begun(profile: Profile, prefill: Prefill | None) -> UnansweredReport:
    """A new one, which nobody has sent yet."""
    draft, _unknown = salvage(prefill or Prefill(), profile.catalogue)
    written = GuestReport(
        service_id=draft.service_id,
        subject=draft.subject,
        description=draft.description,
        consent_id=draft.consent_id,
    )
    return UnansweredReport(clock.uuid7(), written, draft.fields, draft.source, prefill)


def _files_left_out(wanted: Prefill) -> Iterator[str]:
    """Only people who are signed in send files."""
    if wanted.attach:
        count = len(wanted.attach)
        sentence = ngettext(
            "{count} file does not come along. Sign in to send it.",
            "{count} files do not come along. Sign in to send them.",
            count,
        )
        yield sentence.format(count=count)
    if wanted.screenshot:
        yield _("The screen is not captured here. Sign in to send a picture of it.")
