"""Getting in with a mailed code, on the embedded desk and its mailbox."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from supportdesk import i18n
from supportdesk.app.accounts import SignedIn
from supportdesk.app.answered_at_once import advice
from supportdesk.app.guest_report import GuestReport, GuestReportPresenter
from supportdesk.app.local_mailbox import code_in, linked_html, mailbox_of, newest
from supportdesk.app.prefill import Prefill
from supportdesk.app.sign_in import SignInPresenter
from supportdesk.app.sign_in_state import Page, SignInState
from supportdesk.app.way_in import WayIn, Wish
from supportdesk.bootstrap import Running
from supportdesk.domain.account import AccountAnswer, CodePurpose, RedeemCode, ReportAsGuest
from supportdesk.domain.errors import BackendUnreachable, NotFound, UnknownOutcome
from tests.support.workspace import Loop, running

PASSWORD = "a good long password"
RENATE = "renate@filiale.example"


class Entrance:
    """A sign-in at one vendor, and who came in."""

    def __init__(self, opened: Running, loop: Loop, vendor: str) -> None:
        self.opened, self.loop = opened, loop
        self.arrived: list[SignedIn] = []
        self.presenter = SignInPresenter(opened.workspace, opened.accounts, self.arrived.append, vendor)
        self.until(lambda: self.state.page is Page.CREDENTIALS)

    @property
    def state(self) -> SignInState:
        return self.presenter.state

    @property
    def way(self) -> WayIn:
        assert self.presenter.way is not None
        return self.presenter.way

    def until(self, condition: Callable[[], bool]) -> None:
        self.loop.drain(condition, timeout_s=30)

    def go_in(self, wish: Wish) -> None:
        self.presenter.go_in(wish)
        self.until(lambda: self.presenter.way is None or self.way.state.door is not None)

    def newest_code(self) -> str:
        assert self.state.profile is not None
        return newest(mailbox_of(self.opened.workspace.folder, self.state.profile.id))[0].code


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def opened(tmp_path: Path, loop: Loop) -> Iterator[Running]:
    with running(tmp_path, loop) as made:
        yield made


@pytest.fixture
def enter(opened: Running, loop: Loop) -> Iterator[Callable[[str], Entrance]]:
    made: list[Entrance] = []

    def at(vendor: str) -> Entrance:
        made.append(Entrance(opened, loop, vendor))
        return made[-1]

    yield at
    for entrance in made:
        entrance.presenter.close()


def test_a_new_account_is_made_with_a_mailed_code(enter: Callable[[str], Entrance]) -> None:
    """Address, mail, code, name and password, and the person is in."""
    entrance = enter("video")
    entrance.go_in(Wish.SIGN_UP)
    assert entrance.state.page is Page.EMAIL
    entrance.way.mail("nora.lindt@objektschutz.example")
    entrance.until(lambda: entrance.state.page is Page.CODE)
    entrance.way.open_mailbox()
    entrance.until(lambda: entrance.state.page is Page.MAILBOX)
    mail = entrance.way.state.mails[0]
    assert mail.to == "nora.lindt@objektschutz.example"
    assert mail.code in mail.text
    entrance.way.use_code(mail.code)
    assert entrance.way.state.code == mail.code
    entrance.way.examine(f"supportdesk://account?code={mail.code}")
    entrance.until(lambda: entrance.state.page is Page.NEW_PASSWORD)
    assert entrance.way.state.needs_name
    entrance.way.redeem("", "", stay=False)
    assert set(entrance.way.state.wrong) == {"name", "password"}
    entrance.way.redeem("Nora Lindt", "short", stay=False)
    entrance.until(lambda: "10" in entrance.way.state.wrong.get("password", ""))
    entrance.way.redeem("Nora Lindt", PASSWORD, stay=False)
    entrance.until(lambda: bool(entrance.arrived))
    assert entrance.arrived[0].account.person_name == "Nora Lindt"
    assert entrance.arrived[0].account.user == "nora.lindt@objektschutz.example"


def test_a_forgotten_password_is_set_anew(enter: Callable[[str], Entrance]) -> None:
    """Nobody is asked for a name that the vendor knows; the code works once."""
    entrance = enter("practice")
    entrance.go_in(Wish.RESET)
    entrance.way.mail("jana.wiebe@lindenplatz.example")
    entrance.until(lambda: entrance.state.page is Page.CODE)
    code = entrance.newest_code()
    entrance.way.examine(code.lower())
    entrance.until(lambda: entrance.state.page is Page.NEW_PASSWORD)
    assert not entrance.way.state.needs_name
    entrance.way.redeem("", PASSWORD, stay=False)
    entrance.until(lambda: bool(entrance.arrived))
    assert entrance.arrived[0].account.person_name == "Jana Wiebe"
    entrance.go_in(Wish.CODE)
    entrance.way.examine(code)
    entrance.until(lambda: "code" in entrance.way.state.wrong)


def test_a_password_that_was_set_unheard_is_to_be_tried(
    enter: Callable[[str], Entrance], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer to the code was lost: the code is used up, and nobody says that it was wrong."""
    entrance = enter("practice")
    entrance.go_in(Wish.RESET)
    entrance.way.mail("jana.wiebe@lindenplatz.example")
    entrance.until(lambda: entrance.state.page is Page.CODE)
    code = entrance.newest_code()
    entrance.way.examine(code)
    entrance.until(lambda: entrance.state.page is Page.NEW_PASSWORD)
    real = entrance.opened.accounts.redeem

    def lost(profile_id: str, request: RedeemCode, stay: bool = True) -> Future[SignedIn]:
        real(profile_id, request, stay).result(30)
        raise UnknownOutcome

    monkeypatch.setattr(entrance.opened.accounts, "redeem", lost)
    entrance.way.redeem("", PASSWORD, stay=False)
    entrance.until(lambda: entrance.way.state.error is not None)
    assert entrance.way.state.error is not None
    assert "sign in with the new password" in advice(entrance.way.state.error)
    monkeypatch.setattr(entrance.opened.accounts, "redeem", real)
    entrance.way.redeem("", PASSWORD, stay=False)
    entrance.until(lambda: "code" in entrance.way.state.wrong)
    assert "sign in with the new password" in entrance.way.state.wrong["code"]
    entrance.way.examine("ABCD-EFGH-JKMN-PQRS")
    entrance.until(lambda: "wrong" in entrance.way.state.wrong.get("code", ""))


def test_only_a_code_can_be_a_wrong_code(
    enter: Callable[[str], Entrance], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That something else is not found is told as what it is."""
    entrance = enter("practice")
    entrance.go_in(Wish.RESET)

    def missing(*_asked: object) -> None:
        raise NotFound

    monkeypatch.setattr(entrance.opened.workspace.sync, "ask_at_door", missing)
    entrance.way.mail("jana.wiebe@lindenplatz.example")
    assert isinstance(entrance.way.state.error, NotFound)
    assert (entrance.state.page, entrance.way.state.wrong) == (Page.EMAIL, {})


def test_closing_the_window_cuts_no_code_off(
    enter: Callable[[str], Entrance], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the vendor has done with it by then is kept."""
    entrance = enter("practice")
    entrance.go_in(Wish.CODE)
    redeemed: Future[SignedIn] = Future()
    monkeypatch.setattr(entrance.opened.accounts, "redeem", lambda *_asked: redeemed)
    entrance.way.redeem("", PASSWORD, stay=False)
    entrance.way.close()
    assert not redeemed.cancelled()


def test_nothing_tells_whether_an_address_is_known(enter: Callable[[str], Entrance]) -> None:
    """The same page, whoever asks; only the mailbox knows."""
    entrance = enter("practice")
    entrance.go_in(Wish.RESET)
    entrance.way.mail("nobody@nowhere.example")
    entrance.until(lambda: entrance.state.page is Page.CODE)
    assert not entrance.way.state.wrong
    assert newest(mailbox_of(entrance.opened.workspace.folder, "practice")) == ()


def test_what_is_no_address_is_said_at_the_field(enter: Callable[[str], Entrance]) -> None:
    """Before anything is asked, and also when only the vendor notices."""
    entrance = enter("practice")
    entrance.go_in(Wish.RESET)
    entrance.way.mail("jana")
    assert "@" in entrance.way.state.wrong["email"]
    entrance.way.mail("jana@nowhere")
    entrance.until(lambda: "not an e-mail address" in entrance.way.state.wrong.get("email", ""))


def test_access_is_requested_where_the_vendor_approves(enter: Callable[[str], Entrance]) -> None:
    """The person learns where the answer goes."""
    entrance = enter("orders")
    entrance.go_in(Wish.SIGN_UP)
    assert entrance.way.state.page is Page.ACCESS
    entrance.way.ask_access("", "", "", "")
    assert set(entrance.way.state.wrong) == {"email", "name", "organisation"}
    entrance.way.ask_access("ivo@werkstatt.example", "Ivo Marek", "Werkstatt Marek", "Customer 4711")
    entrance.until(lambda: entrance.state.page is Page.ASKED)
    assert entrance.way.state.email == "ivo@werkstatt.example"
    entrance.presenter.step_back()
    assert entrance.state.page is Page.CREDENTIALS


def test_what_the_vendor_does_not_offer_leads_to_its_telephone(enter: Callable[[str], Entrance]) -> None:
    """The door decides, not the profile."""
    entrance = enter("practice")
    entrance.presenter.go_in(Wish.SIGN_UP)
    entrance.until(lambda: entrance.state.page is Page.HELP)
    assert entrance.presenter.way is None


def test_without_a_connection_the_page_stays_and_says_so(
    enter: Callable[[str], Entrance], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was typed is still there to be tried again."""
    entrance = enter("practice")
    entrance.go_in(Wish.RESET)

    def nowhere(*_asked: object) -> None:
        raise BackendUnreachable

    monkeypatch.setattr(entrance.opened.workspace.sync, "ask_at_door", nowhere)
    entrance.way.mail("jana.wiebe@lindenplatz.example")
    entrance.until(lambda: isinstance(entrance.way.state.error, BackendUnreachable))
    assert (entrance.state.page, entrance.way.state.busy) == (Page.EMAIL, False)


def test_a_link_fills_its_code_in_and_does_nothing_else(enter: Callable[[str], Entrance]) -> None:
    """Who opens it still has to press 'Next'."""
    entrance = enter("video")
    entrance.presenter.take_code("ABCD-EFGH-JKMN-PQRS")
    assert entrance.state.page is Page.CODE
    assert entrance.way.state.code == "ABCD-EFGH-JKMN-PQRS"
    entrance.until(lambda: entrance.way.state.door is not None)
    assert not entrance.way.state.busy
    assert entrance.state.page is Page.CODE


def test_steps_lead_back_one_by_one(enter: Callable[[str], Entrance]) -> None:
    """From the mailbox to the code, to the address, to name and password."""
    entrance = enter("video")
    entrance.go_in(Wish.SIGN_UP)
    entrance.way.have_code()
    entrance.way.open_mailbox()
    entrance.until(lambda: entrance.state.page is Page.MAILBOX)
    pages = []
    for _step in range(3):
        entrance.presenter.step_back()
        pages.append(entrance.state.page)
    assert pages == [Page.CODE, Page.EMAIL, Page.CREDENTIALS]
    assert entrance.state.way is None


def test_a_problem_is_reported_without_an_account(enter: Callable[[str], Entrance]) -> None:
    """Name, address, consent and what happened; the vendor's own questions about that module, too."""
    entrance = enter("retail")
    entrance.presenter.report_as_guest()
    report = entrance.presenter.report
    assert report is not None
    report.send(GuestReport())
    wrong = set(report.state.wrong)
    assert {"name", "email", "subject", "description", "service_id", "privacy_accepted"} <= wrong
    assert not wrong & {"type_id", "priority_id", "desk_id"}
    report.choose_service("receipt-printer")
    assert "till" in {question.id for question in report.state.questions}
    written = GuestReport(
        "Renate Holm", RENATE, "receipt-printer", "No receipt", "It prints nothing.", "offer", True
    )
    report.send(written)
    assert set(report.state.wrong) == {"fields.till"}
    report.answer("till", "Desk 2")
    report.send(written)
    entrance.until(lambda: entrance.state.page is Page.REPORTED)
    mails = newest(mailbox_of(entrance.opened.workspace.folder, "retail"))
    assert mails[0].to == RENATE
    report.open_mailbox()
    entrance.until(lambda: entrance.state.page is Page.MAILBOX)
    entrance.presenter.step_back()
    entrance.presenter.step_back()
    assert entrance.state.page is Page.CREDENTIALS


RETAIL_REPORT = GuestReport(
    "Renate Holm", RENATE, "receipt-printer", "No receipt", "It prints nothing.", "offer", True
)


def guest_report(entrance: Entrance) -> GuestReportPresenter:
    entrance.presenter.report_as_guest()
    report = entrance.presenter.report
    assert report is not None
    report.choose_service("receipt-printer")
    report.answer("till", "Desk 2")
    return report


def lose_answers(entrance: Entrance, monkeypatch: pytest.MonkeyPatch) -> list[ReportAsGuest]:
    """What is asked is done, but nobody hears of it."""
    sync, sent = entrance.opened.workspace.sync, list[ReportAsGuest]()
    real = sync.ask_at_door

    def lost(profile_id: str, request: ReportAsGuest) -> Future[AccountAnswer]:
        sent.append(request)
        real(profile_id, request).result(30)
        raise UnknownOutcome

    monkeypatch.setattr(sync, "ask_at_door", lost)
    return sent


def test_a_report_that_arrived_unheard_and_was_edited_ends(
    enter: Callable[[str], Entrance], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person learns that the first version has arrived, instead of being refused for ever."""
    entrance = enter("retail")
    report = guest_report(entrance)
    with monkeypatch.context() as patch:
        lose_answers(entrance, patch)
        report.send(RETAIL_REPORT)
        entrance.until(lambda: report.state.error is not None)
    report.send(replace(RETAIL_REPORT, description="It prints nothing at all."))
    entrance.until(lambda: entrance.state.page is Page.REPORTED)
    assert report.state.is_first_version
    assert len(newest(mailbox_of(entrance.opened.workspace.folder, "retail"))) == 1
    assert not entrance.opened.workspace.unanswered_reports


def test_a_report_that_was_left_before_it_was_sent_is_still_there(enter: Callable[[str], Entrance]) -> None:
    """Who looks at the fields for name and password, or at another vendor, does not write it twice; once it
    has arrived, the next one is empty."""
    entrance = enter("retail")
    guest_report(entrance).write(RETAIL_REPORT)
    entrance.presenter.step_back()
    assert entrance.state.page is Page.CREDENTIALS
    entrance.presenter.report_as_guest()
    report = entrance.presenter.report
    assert report is not None
    assert (report.state.begun, report.state.answers) == (RETAIL_REPORT, {"till": "Desk 2"})
    report.send(report.state.begun)
    entrance.until(lambda: entrance.state.page is Page.REPORTED)
    entrance.presenter.step_back()
    entrance.presenter.report_as_guest()
    anew = entrance.presenter.report
    assert anew is not None
    assert anew.state.begun == GuestReport(consent_id=RETAIL_REPORT.consent_id)  # as it is preset


def test_a_report_without_an_answer_is_still_there_when_it_is_opened_again(
    enter: Callable[[str], Entrance], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its text, and as the same report: it is filed once."""
    entrance = enter("retail")
    entrance.presenter.hand_over(Prefill(source="Kasse 5"), lambda: None)
    with monkeypatch.context() as patch:
        sent = lose_answers(entrance, patch)
        report = guest_report(entrance)
        report.send(RETAIL_REPORT)
        entrance.until(lambda: report.state.error is not None)
        entrance.presenter.step_back()
        entrance.presenter.report_as_guest()
        again = entrance.presenter.report
        assert again is not None
        assert again is not report
        assert (again.state.begun, again.state.answers) == (RETAIL_REPORT, {"till": "Desk 2"})
        again.send(again.state.begun)
        entrance.until(lambda: again.state.error is not None)
    assert {(request.command_id, request.source) for request in sent} == {(sent[0].command_id, "Kasse 5")}
    again.send(again.state.begun)
    entrance.until(lambda: entrance.state.page is Page.REPORTED)
    assert not again.state.is_first_version
    assert again.state.number.isdecimal()
    entrance.presenter.step_back()
    entrance.presenter.report_as_guest()
    assert entrance.presenter.report is not None
    assert not entrance.presenter.report.state.begun.description
    entrance.until(lambda: entrance.state.report is not None and entrance.state.report.door is not None)


def test_what_does_not_come_along_without_an_account_is_said(enter: Callable[[str], Entrance]) -> None:
    """Files, a capture of the screen, and what the vendor does not know; nothing where all comes along."""
    entrance = enter("retail")
    prefill = Prefill(
        module="receipt-printer", priority="unheard of", attach=("a.log", "b.log"), screenshot=True
    )
    entrance.presenter.hand_over(prefill, lambda: None)
    report = guest_report(entrance)
    assert report.state.left_out == (
        "The vendor does not offer “unheard of”.",
        "2 files do not come along. Sign in to send them.",
        "The screen is not captured here. Sign in to send a picture of it.",
    )
    with i18n.speaking("de"):
        assert "Der Anbieter hat „unheard of“ nicht im Angebot." in report.state.left_out
    entrance.until(lambda: report.state.door is not None)
    entrance.presenter.step_back()
    entrance.presenter.hand_over(Prefill(module="receipt-printer"), lambda: None)
    report = guest_report(entrance)
    assert not report.state.left_out
    entrance.until(lambda: report.state.door is not None)


def test_nobody_leaves_a_report_while_it_is_sent(
    enter: Callable[[str], Entrance], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does closing the window cut it off."""
    entrance = enter("retail")
    report = guest_report(entrance)
    entrance.until(lambda: report.state.door is not None)
    asked: Future[AccountAnswer] = Future()
    monkeypatch.setattr(entrance.opened.workspace.sync, "ask_at_door", lambda *_asked: asked)
    report.send(RETAIL_REPORT)
    entrance.presenter.step_back()
    assert entrance.state.page is Page.REPORT
    report.close()
    assert not asked.cancelled()


def test_a_code_is_found_wherever_it_stands() -> None:
    """In a link, in a sentence, in small letters; and nothing else is taken for one."""
    assert code_in("supportdesk://account?code=ABCD-EFGH-JKMN-PQRS") == "ABCD-EFGH-JKMN-PQRS"
    assert code_in("the code abcd-efgh-jkmn-pqr0.") == "ABCD-EFGH-JKMN-PQR0"
    assert code_in("ABCD-EFGH-JKMN") == ""


def test_a_mail_is_shown_as_it_was_written_with_its_links() -> None:
    """Nothing in it is a mark or a tag; both kinds of links are links."""
    told = linked_html("a <b> & *c*\r\n\r\nsupportdesk://account?code=A&x=1\n(https://a.example/go#B).")
    assert told == (
        '<p style="white-space: pre-wrap">a &lt;b&gt; &amp; *c*<br><br>'
        '<a href="supportdesk://account?code=A&amp;x=1">supportdesk://account?code=A&amp;x=1</a><br>'
        '(<a href="https://a.example/go#B">https://a.example/go#B</a>).</p>'
    )


def test_every_purpose_has_its_own_way(enter: Callable[[str], Entrance]) -> None:
    """A confirmed address needs neither a name nor a new password."""
    from supportdesk.domain.account import CodeMeaning

    entrance = enter("video")
    entrance.go_in(Wish.CODE)
    state = entrance.way.state
    asked = {
        purpose: (meant.needs_name, meant.needs_password)
        for purpose in CodePurpose
        for meant in [replace(state, meaning=CodeMeaning(purpose, RENATE))]
    }
    assert asked == {
        CodePurpose.SIGN_UP: (True, True),
        CodePurpose.RESET: (False, True),
        CodePurpose.INVITATION: (False, True),
        CodePurpose.VERIFY: (False, False),
    }
