"""Report a problem without a window: a real data folder, a real desk, and nothing typed is ever lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from supportdesk import i18n
from supportdesk.app.file_notes import notes
from supportdesk.app.flows.report_draft import ReportDraft, decode
from supportdesk.app.flows.report_flow import Step
from supportdesk.app.prefill import Prefill
from supportdesk.app.report import ReportPresenter
from supportdesk.app.settings import DIAGNOSTICS_ATTACHED
from supportdesk.bootstrap import Running
from supportdesk.clock import now
from supportdesk.domain.commands import CreateTicket, decode_intent
from supportdesk.domain.errors import StoreError
from supportdesk.domain.projections import Account, Draft, Link, OutboxState
from tests.support.workspace import Loop, demo_account, running

ANSWERS = {
    "service_id": "printing",
    "subject": "Prescription prints on the wrong paper",
    "description": "Since this morning.",
    "fields.printer_model": "M210",
}


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def opened(tmp_path: Path, loop: Loop) -> Iterator[Running]:
    with running(tmp_path / "data", loop) as it:
        yield it


@pytest.fixture
def account(opened: Running) -> Account:
    return demo_account(opened)


Begin = Callable[..., ReportPresenter]


@pytest.fixture
def begin(opened: Running, account: Account, loop: Loop) -> Iterator[Begin]:
    """Opens the form as the screen does and waits until it can be used."""
    made: list[ReportPresenter] = []

    def opening(**how: object) -> ReportPresenter:
        presenter = ReportPresenter(opened.workspace, account)
        made.append(presenter)
        presenter.open(**how)  # type: ignore[arg-type]
        loop.drain(lambda: presenter.state.ready or presenter.state.error is not None)
        return presenter

    yield opening
    for presenter in made:
        presenter.close()


def answer(report: ReportPresenter) -> None:
    for field, said in ANSWERS.items():
        report.say(field, said)


def to_check(report: ReportPresenter) -> None:
    answer(report)
    for _step in range(3):
        report.next()
    assert report.state.position.step is Step.CHECK, report.state.shown


def drafts(opened: Running) -> list[ReportDraft]:
    """What is kept once everything that was asked to be written has been."""
    opened.workspace.write(lambda _writer: None).result(10)
    kept = opened.workspace.read(lambda r: r.drafts(None)).result(10)
    return [decode(draft.content) for draft in kept]


def add(report: ReportPresenter, loop: Loop, path: Path, content: bytes = b"text") -> None:
    path.write_bytes(content)
    report.add_paths([path])
    loop.drain(lambda: not report.state.adding)


def sent_intent(opened: Running, command_id: str) -> CreateTicket:
    """What lies in the outbox for good, byte for byte."""
    database = sqlite3.connect(f"file:{opened.workspace.folder / 'outbox.db'}?mode=ro", uri=True)
    try:
        (payload,) = database.execute("SELECT payload FROM command WHERE id = ?", (command_id,)).fetchone()
    finally:
        database.close()
    intent = decode_intent(payload)
    assert isinstance(intent, CreateTicket)
    return intent


# -- opening


def fields_complained_about(report: ReportPresenter) -> list[str]:
    return [problem.field for problem in report.state.shown]


def _has(things: list[Draft], count: int) -> bool:
    return len(things) == count


def test_without_drafts_an_empty_form_is_shown(begin: Begin) -> None:
    """The vendor's presets are filled in, nothing is complained about, nothing is kept yet."""
    report = begin()
    assert report.state.draft.type_id
    assert report.state.shown == ()
    assert not report.has_changes
    assert report.state.saved_at is None


def test_with_drafts_the_customer_is_asked(begin: Begin, opened: Running, loop: Loop) -> None:
    """With drafts and no wish the drafts are offered; one of them is gone on with where it was left."""
    first = begin()
    answer(first)
    first.next()
    first.next()
    first.keep()
    loop.drain(lambda: first.state.saved_at is not None)
    report = begin()
    assert report.state.choosing
    report.resume(report.state.drafts[0].id)
    assert report.state.draft.subject == ANSWERS["subject"]
    assert report.state.position.step is Step.SHOW
    assert report.state.saved_at is not None
    again = begin()
    again.begin_anew()
    assert again.state.draft.subject == ""
    assert len(drafts(opened)) == 1


def test_a_wish_goes_past_the_question(begin: Begin, opened: Running, loop: Loop) -> None:
    """`draft_id` goes on with that one, `anew` begins another; an unknown draft leads to the offer."""
    first = begin()
    first.say("subject", "First")
    first.keep()
    loop.drain(lambda: bool(drafts(opened)))
    assert begin(draft_id=first.state.draft_id).state.draft.subject == "First"
    assert begin(anew=True).state.draft.subject == ""
    assert begin(draft_id="gone").state.choosing


def test_opening_keeps_what_stands_in_the_form(begin: Begin, opened: Running, loop: Loop) -> None:
    """What was typed a moment ago is among the drafts that are offered next."""
    report = begin()
    report.say("subject", "Half a sentence")
    report.open()
    loop.drain(lambda: report.state.choosing)
    assert [draft.subject for draft in report.state.drafts] == ["Half a sentence"]


def test_a_form_that_cannot_be_kept_stays(
    begin: Begin, opened: Running, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When keeping fails the form is not replaced, says so, and is kept as soon as that works again."""
    report = begin()
    report.say("subject", "Precious")

    def full(*_arguments: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr("supportdesk.replica.writer.Writer.save_draft", full)
        report.open(anew=True)
        loop.drain(lambda: "The disk is full." in report.state.trouble)
        report.keep()
        loop.drain(lambda: report.has_changes)
    assert report.state.draft.subject == "Precious"
    report.keep()
    loop.drain(lambda: report.state.saved_at is not None)
    assert drafts(opened)[0].subject == "Precious"


def test_a_draft_that_cannot_be_read_is_said_and_left(
    begin: Begin, opened: Running, account: Account, loop: Loop
) -> None:
    """A draft of unknown content is an error in place, not a crash, and is not overwritten."""
    strange = Draft("d1", account.id, "report", "s", 1, b"[1]", (), now())
    opened.workspace.write(lambda w: w.save_draft(strange)).result(10)
    report = begin(draft_id="d1")
    assert "cannot be read" in str(report.state.error)
    assert opened.workspace.read(lambda r: r.draft("d1")).result(10).content == b"[1]"


def test_a_host_program_fills_in_what_the_vendor_knows(begin: Begin, tmp_path: Path, loop: Loop) -> None:
    """Known parts are filled in and attached, the rest is left out, and it is a draft at once."""
    attached = tmp_path / "medora.log"
    attached.write_text("MD-2107")
    prefill = Prefill(
        module="Printing and forms",
        priority="none such",
        subject="Print",
        fields={"workplace": "PC-03", "colour": "red"},
        attach=(str(attached), str(tmp_path / "missing.txt")),
        source="Medora 24.3",
    )
    report = begin(prefill=prefill)
    loop.drain(lambda: not report.state.adding)
    draft = report.state.draft
    assert (draft.service_id, draft.subject, draft.source) == ("printing", "Print", "Medora 24.3")
    assert draft.fields == {"workplace": "PC-03"}
    assert set(draft.filled) == {"service_id", "subject", "fields.workplace"}
    assert [each.file.name for each in draft.files] == ["medora.log"]
    assert report.has_changes
    report.say("subject", "Mine")
    assert "subject" not in report.state.draft.filled


def test_unknown_parts_of_a_prefill_are_named(begin: Begin) -> None:
    """Module, priority and fields that the vendor does not have are each said; the rest is taken."""
    report = begin(prefill=Prefill(module="x1", priority="x2", fields={"x3": "1"}, subject="Kept"))
    assert all(name in report.state.trouble for name in ("x1", "x2", "x3"))
    assert report.state.draft.subject == "Kept"


# -- writing


def test_problems_are_shown_when_they_are_due(begin: Begin) -> None:
    """Nothing is complained about while typing; on leaving a field that field, on Next the whole step."""
    report = begin()
    report.next()
    assert fields_complained_about(report) == ["service_id"]
    assert (report.state.focus, report.state.focus_turn) == ("service_id", 1)
    report.say("service_id", "printing")
    report.next()
    assert report.state.shown == ()
    report.left("subject")
    assert fields_complained_about(report) == ["subject"]
    report.next()
    shown = fields_complained_about(report)
    assert shown == ["subject", "description", "fields.printer_model"]
    assert report.state.focus == "subject"
    assert report.state.problem("description")
    assert not report.state.problem("priority_id")


def test_problems_speak_the_language_of_the_moment(begin: Begin) -> None:
    """After a change of language what is wrong is said in the new one."""
    report = begin()
    report.next()
    english = report.state.shown[0].sentence
    i18n.set_language("de")
    report.speak()
    assert report.state.shown[0].sentence != english


def test_answers_survive_a_change_of_mind(begin: Begin) -> None:
    """Answers to another module's questions are not sent, but are there again when one changes back."""
    report = begin()
    answer(report)
    report.say("service_id", "general")
    assert "printer_model" not in report.state.outgoing.fields
    report.say("service_id", "printing")
    assert report.state.outgoing.fields["printer_model"] == "M210"


def test_steps_are_left_and_come_back_to(begin: Begin) -> None:
    """Back is free, the header jumps over what is right, and never ahead of what was reached."""
    report = begin()
    to_check(report)
    moves: list[Callable[[], None]] = [
        partial(report.jump, Step.ABOUT), partial(report.jump, Step.CHECK), report.back,
    ]  # fmt: skip
    seen = []
    for leave in moves:
        leave()
        seen.append(report.state.position.step)
    assert seen == [Step.ABOUT, Step.CHECK, Step.SHOW]


def test_known_answers_appear_while_typing(begin: Begin, loop: Loop) -> None:
    """Articles and tickets of this computer's index are found for the subject, a few of each."""
    report = begin()
    report.say("subject", "Drucker druckt")
    loop.drain(lambda: bool(report.state.suggestions))
    kinds = [each.kind for each in report.state.suggestions]
    assert kinds.count("article") <= 3
    assert kinds.count("ticket") <= 2
    report.say("subject", "Dr")
    assert report.state.suggestions == ()


def test_an_article_that_helped_ends_the_report_undoably(begin: Begin, opened: Running, loop: Loop) -> None:
    """'This solved it' rates the article, deletes the draft, and Undo brings the draft back."""
    report = begin()
    report.say("subject", "Drucker druckt falsch")
    loop.drain(lambda: any(each.kind == "article" for each in report.state.suggestions))
    found = next(each for each in report.state.suggestions if each.kind == "article")
    report.article_solved_it(lambda _draft: None)  # nothing is open: nothing happens
    report.read_article(found.id)
    loop.drain(lambda: report.state.article is not None)
    report.close_article()
    assert report.state.article is None
    report.read_article(found.id)
    loop.drain(lambda: report.state.article is not None)
    report.keep()
    gone: list[Draft] = []
    report.article_solved_it(gone.append)
    loop.drain(lambda: bool(gone))
    assert drafts(opened) == []
    assert report.state.draft.subject == ""
    sent = opened.workspace.read(lambda r: r.outbox(None, include_done=True)).result(10)
    assert [each.do for each in sent] == ["rate_article"]
    report.restore_draft(gone[0], lambda: report.open(draft_id=gone[0].id))
    loop.drain(lambda: report.state.draft.subject == "Drucker druckt falsch")


def test_an_article_that_is_gone_is_said(begin: Begin, loop: Loop) -> None:
    """An article that was withdrawn meanwhile leads to a sentence."""
    report = begin()
    report.read_article("none")
    loop.drain(lambda: bool(report.state.trouble))


# -- drafts


def test_deleting_a_draft_can_be_undone(begin: Begin, opened: Running, loop: Loop) -> None:
    """The draft leaves the list and the disk, and comes back whole; after the last one the form is empty."""
    first, second = begin(), None
    first.say("subject", "First")
    first.keep()
    loop.drain(lambda: first.state.saved_at is not None)
    second = begin(anew=True)
    second.say("subject", "Second")
    second.keep()
    loop.drain(lambda: second.state.saved_at is not None)
    report = begin()
    gone: list[Draft] = []
    for count, draft in enumerate(report.state.drafts, start=1):
        report.delete_draft(draft.id, gone.append)
        loop.drain(partial(_has, gone, count))
    assert {draft.subject for draft in gone} == {"First", "Second"}
    assert drafts(opened) == []
    assert not report.state.choosing
    assert report.state.draft_id
    report.restore_draft(gone[0], report.open)
    loop.drain(lambda: report.state.choosing)
    assert [each.subject for each in drafts(opened)] == [gone[0].subject]
    report.delete_draft("unknown", gone.append)
    assert len(gone) == 2


def test_the_offer_follows_what_happens_elsewhere(
    begin: Begin, opened: Running, account: Account, loop: Loop
) -> None:
    """A draft that is deleted in the ticket list leaves the offer too."""
    first = begin()
    first.say("subject", "First")
    first.keep()
    loop.drain(lambda: first.state.saved_at is not None)
    report = begin()
    assert report.state.choosing
    opened.workspace.write(lambda w: w.delete_draft(first.state.draft_id), "elsewhere").result(10)
    loop.drain(lambda: not report.state.choosing)


def test_closing_keeps_what_was_just_typed(begin: Begin, opened: Running) -> None:
    """Closing never asks: what was typed a moment ago is kept."""
    report = begin()
    report.say("description", "and then")
    report.close()
    assert [each.description for each in drafts(opened)] == ["and then"]


_TYPIST = """
import sys, time
from pathlib import Path
from supportdesk.app.report import ReportPresenter
from tests.support.workspace import Loop, demo_account, running
loop = Loop()
with running(Path(sys.argv[1]), loop) as opened:
    report = ReportPresenter(opened.workspace, demo_account(opened))
    report.open(anew=True)
    loop.drain(lambda: report.state.ready)
    text, keep_at = "", 0.0
    while True:
        text += "x"
        report.say("description", text)
        print(time.monotonic(), len(text), flush=True)
        keep_at = keep_at or time.monotonic() + 0.5  # as the screen's timer
        if time.monotonic() >= keep_at:
            report.keep()
            keep_at = 0.0
        pause = time.monotonic() + 0.02
        loop.drain(lambda: time.monotonic() >= pause)
"""


def test_a_kill_while_typing_loses_what_is_not_kept_yet(tmp_path: Path, loop: Loop) -> None:
    """After kill -9 in the middle of a sentence everything older than the last moments is there again."""
    root = Path(__file__).resolve().parents[2]
    child = subprocess.Popen(
        [sys.executable, "-c", _TYPIST, str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"},
    )
    assert child.stdout is not None
    typed: list[tuple[float, int]] = []
    for line in child.stdout:
        moment, length = line.split()
        typed.append((float(moment), int(length)))
        if typed[-1][0] - typed[0][0] > 4:
            break
    child.send_signal(signal.SIGKILL)
    killed_at = time.monotonic()
    typed += [(float(a), int(b)) for a, b in (line.split() for line in child.stdout if line.endswith("\n"))]
    child.wait()
    child.stdout.close()
    with running(tmp_path / "data", loop) as opened:
        kept = len(drafts(opened)[0].description)
    lost = [moment for moment, length in typed if length > kept]
    assert kept > 0
    assert not lost or killed_at - lost[0] <= 3.0  # one second, on a machine that is not busy


# -- files


def test_files_are_added_renamed_ticked_and_removed(begin: Begin, loop: Loop, tmp_path: Path) -> None:
    """Each thing the customer does to a file changes that file alone, and the same file twice is one."""
    report = begin()
    add(report, loop, tmp_path / "a.log", b"one")
    add(report, loop, tmp_path / "a.log", b"one")
    add(report, loop, tmp_path / "b.txt", b"two")
    assert [each.file.name for each in report.state.draft.files] == ["a.log", "b.txt"]
    first, second = (each.file for each in report.state.draft.files)
    report.rename_file(first, "printer")
    report.tick_file(second, include=False)
    files = report.state.draft.files
    assert [(each.file.name, each.include) for each in files] == [("printer.log", True), ("b.txt", False)]
    report.remove_file(files[0].file)
    report.remove_file(files[0].file)
    report.tick_file(files[0].file, include=False)  # it is gone: nothing happens
    assert [each.file.name for each in report.state.draft.files] == ["b.txt"]


def test_a_picture_that_is_marked_again_takes_its_own_place(begin: Begin, loop: Loop) -> None:
    """The new version stands where the old one stood, ticked as it was; what was blacked out adds up."""
    report = begin()
    report.add_bytes(b"before", "shot.png", "No hidden data", 1)
    report.add_bytes(b"other", "other.png")
    loop.drain(lambda: len(report.state.draft.files) == 2 and not report.state.adding)
    old = next(each.file for each in report.state.draft.files if each.file.name == "shot.png")
    place = [each.file for each in report.state.draft.files].index(old)
    report.tick_file(old, include=False)
    report.replace_file(old, b"after", 2)
    loop.drain(lambda: not report.state.adding)
    fresh = report.state.draft.files[place]
    assert (fresh.file.name, fresh.include) == ("shot.png", False)
    assert notes(fresh) == ("3 areas blacked out", "No hidden data")
    assert report.workspace.blobs.path(fresh.file).read_bytes() == b"after"


def test_refusals_name_every_file(begin: Begin, loop: Loop, tmp_path: Path) -> None:
    """Of several files the good ones are taken and each bad one is named with what to do."""
    good = tmp_path / "good.txt"
    good.write_text("x")
    report = begin()
    report.add_paths([tmp_path / "gone.txt", good, tmp_path])
    loop.drain(lambda: not report.state.adding)
    assert [each.file.name for each in report.state.draft.files] == ["good.txt"]
    assert "gone.txt" in report.state.trouble
    assert "folder" in report.state.trouble
    add(report, loop, tmp_path / "next.txt", b"y")
    assert report.state.trouble == ""


def test_more_files_than_allowed_are_not_taken(begin: Begin, loop: Loop) -> None:
    """The limit holds when files are added, not only when they are sent."""
    report = begin()
    most = report.state.capabilities.limits.max_files
    for number in range(most + 2):
        report.add_bytes(str(number).encode(), f"{number}.txt")
    loop.drain(lambda: not report.state.adding)
    assert len(report.state.draft.files) == most
    assert str(most) in report.state.trouble


def test_a_file_for_a_left_report_does_not_reach_the_next(begin: Begin, loop: Loop) -> None:
    """A file that is still being copied when another report is begun is not put into that one."""
    report = begin()
    report.add_bytes(b"late", "late.png")
    report.begin_anew()
    report.add_bytes(b"new", "new.png")
    loop.drain(lambda: bool(report.state.draft.files) and not report.state.adding)
    assert [each.file.name for each in report.state.draft.files] == ["new.png"]


# -- sending


def test_a_report_reaches_the_desk(begin: Begin, opened: Running, loop: Loop, tmp_path: Path) -> None:
    """What was ticked is sent, what was not stays, the draft is gone, and the number comes back."""
    report = begin()
    to_check(report)
    add(report, loop, tmp_path / "yes.txt", b"yes")
    add(report, loop, tmp_path / "no.txt", b"no")
    report.tick_file(report.state.draft.files[1].file, include=False)
    report.tick_system_info(include=True)
    assert "SupportDesk" in report.system_info()
    report.send()
    report.send()
    loop.drain(lambda: report.state.delivery is not None and report.state.delivery.state is OutboxState.SENT)
    delivery = report.state.delivery
    assert delivery is not None
    assert delivery.number
    assert drafts(opened) == []
    files = sent_intent(opened, delivery.command_id).files
    assert [file.name for file in files] == ["yes.txt", "system-information.txt"]
    report.another()
    loop.drain(lambda: report.state.position.step is Step.ABOUT)
    assert report.state.delivery is None


def test_diagnostics_are_offered_as_the_settings_say(begin: Begin, opened: Running) -> None:
    """The tick box starts as chosen in the settings."""
    opened.workspace.settings.set(DIAGNOSTICS_ATTACHED, value=False)
    assert not begin().state.draft.include_system_info


def test_nothing_leaves_with_something_missing(begin: Begin) -> None:
    """Sending with a gap in an earlier step goes there instead."""
    report = begin()
    to_check(report)
    report.jump(Step.WHAT)
    report.say("subject", " ")
    report.send()  # this step has no Send: nothing happens
    assert report.state.position.step is Step.WHAT
    report.say("subject", "x")
    report.jump(Step.CHECK)
    report.say("subject", "")
    report.send()
    assert report.state.position.step is Step.WHAT
    assert report.state.focus == "subject"
    assert not report.state.sending


def test_a_file_on_its_way_in_is_waited_for(begin: Begin) -> None:
    """While a file is still being copied the report is not sent without it."""
    report = begin()
    to_check(report)
    report.add_bytes(b"x" * 1000, "big.bin")
    report.send()
    assert not report.state.sending
    assert "still being added" in report.state.trouble


def test_what_is_typed_while_sending_changes_nothing(begin: Begin, opened: Running, loop: Loop) -> None:
    """What was checked is what is sent, and no second draft is left behind."""
    report = begin()
    to_check(report)
    report.send()
    report.say("subject", "Something else")
    loop.drain(lambda: report.state.delivery is not None)
    assert sent_intent(opened, report.state.draft_id).subject == ANSWERS["subject"]
    report.close()
    assert drafts(opened) == []


def test_offline_it_is_saved_and_goes_out_later(
    begin: Begin, opened: Running, account: Account, loop: Loop
) -> None:
    """Without a connection the report is safe at once; taken up again, it arrives exactly once."""
    opened.workspace.sync.go_offline(offline=True)
    loop.drain(lambda: opened.workspace.sync.state(account.id).link is Link.OFFLINE)
    report = begin()
    to_check(report)
    report.send()
    loop.drain(lambda: report.state.delivery is not None and report.state.link is Link.OFFLINE)
    assert report.state.position.step is Step.SENT
    opened.workspace.sync.go_offline(offline=False)
    report.try_now()
    loop.drain(
        lambda: report.state.delivery is not None and report.state.delivery.state is OutboxState.SENT,
        timeout_s=30,
    )


def test_what_the_desk_refuses_is_corrected_in_the_form(begin: Begin, opened: Running, loop: Loop) -> None:
    """A refused report says why, comes back into the form with everything said, and can be sent again."""
    report = begin()
    to_check(report)
    report.say("subject", "two\nlines")  # the form's own field has one line; the desk checks for itself
    report.send()

    def state() -> OutboxState | None:
        return report.state.delivery.state if report.state.delivery else None

    loop.drain(lambda: state() is OutboxState.NEEDS_USER)
    assert report.state.delivery is not None
    assert report.state.delivery.reason
    report.correct()
    loop.drain(lambda: report.state.position.step is Step.CHECK)
    assert report.state.draft.description == ANSWERS["description"]
    report.say("subject", "one line")
    report.send()
    loop.drain(lambda: state() is OutboxState.SENT)
    assert drafts(opened) == []


def test_what_cannot_be_saved_stays_in_the_form(
    begin: Begin, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the outbox cannot take the report, the form says what happened and what is safe."""
    report = begin()
    to_check(report)

    def full(*_arguments: object) -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr("supportdesk.replica.writer.Writer.send", full)
        report.send()
        loop.drain(lambda: not report.state.sending)
    assert "The disk is full." in report.state.trouble
    assert report.state.position.step is Step.CHECK
    report.send()
    loop.drain(lambda: report.state.delivery is not None)


def test_a_report_that_is_sent_leaves_a_newer_form_alone(begin: Begin, opened: Running, loop: Loop) -> None:
    """Beginning another report while one is being saved does not show the old one's log in it."""
    report = begin()
    to_check(report)
    report.send()
    sent_id = report.state.draft_id
    report.begin_anew()
    loop.drain(lambda: bool(opened.workspace.read(lambda r: r.outbox(None, include_done=True)).result(10)))
    loop.drain(lambda: not opened.workspace.jobs.busy(report, "follow"))
    assert report.state.draft_id != sent_id
    assert report.state.position.step is Step.ABOUT
    assert report.state.delivery is None
