"""What mails say, in the language of the moment: see `i18n.speaking`.

What somebody at the door wrote, name or subject, never stands in a mail to an address that has not answered
yet: else anybody could send anything to anybody through the desk.
"""

from datetime import datetime
from enum import Enum, auto
from typing import NamedTuple
from urllib.parse import quote

from supportdesk import i18n
from supportdesk.desk.store.settings import DeskSettings
from supportdesk.domain.account import CodePurpose
from supportdesk.domain.orders import OrderStatus, status_name
from supportdesk.domain.status import Status
from supportdesk.i18n import LANGUAGES, SOURCE_LANGUAGE, _
from supportdesk.pdf import dates


class MailText(NamedTuple):
    subject: str
    body: str


class About(NamedTuple):
    """A ticket, or something else that people talk about."""

    number: str
    subject: str
    """'' where it must not stand in the mail."""
    is_ticket: bool = True


class News(Enum):
    """What a customer has done that the vendor's people are told."""

    REPORTED = auto()
    ANSWERED = auto()
    REOPENED = auto()
    ADDED_FILES = auto()
    ORDERED = auto()
    SIGNED = auto()
    DECLINED = auto()


def sign_up(desk: DeskSettings, code: str) -> MailText:
    return MailText(
        _("{vendor}: your sign-up").format(vendor=desk.vendor),
        _letter(
            desk,
            _("With this code you make your account at {vendor}.").format(vendor=desk.vendor),
            *_use(desk, CodePurpose.SIGN_UP, code),
            _("If you did not ask for it, do nothing: no account is made."),
        ),
    )


def reset(desk: DeskSettings, code: str, user: str) -> MailText:
    return MailText(
        _("{vendor}: set a new password").format(vendor=desk.vendor),
        _letter(
            desk,
            _("With this code you set a new password. Your user name is {user}.").format(user=user),
            *_use(desk, CodePurpose.RESET, code),
            _("If you did not ask for it, do nothing: your password stays as it is."),
        ),
    )


def has_account(desk: DeskSettings, code: str, user: str) -> MailText:
    """Asked for an account, but there is one."""
    return MailText(
        _("{vendor}: you have an account already").format(vendor=desk.vendor),
        _letter(
            desk,
            _("You asked for an account at {vendor}, and there is one with this address already.").format(
                vendor=desk.vendor
            ),
            _("Your user name is {user}. With this code you set a new password.").format(user=user),
            *_use(desk, CodePurpose.RESET, code),
            _("If you did not ask for it, do nothing: your password stays as it is."),
        ),
    )


def invitation(desk: DeskSettings, code: str, user: str) -> MailText:
    return MailText(
        _("{vendor}: your access").format(vendor=desk.vendor),
        _letter(
            desk,
            _("An account was made for you at {vendor}. Your user name is {user}.").format(
                vendor=desk.vendor, user=user
            ),
            _("With this code you set your password."),
            *_use(desk, CodePurpose.INVITATION, code),
            where_we_are(desk.vendor, desk.public_url),
        ),
    )


def access_asked(desk: DeskSettings) -> MailText:
    return MailText(
        _("{vendor}: your request for access").format(vendor=desk.vendor),
        _letter(
            desk,
            _("We got your request for access and will look at it. You will get a mail then."),
            _("If you did not ask for it, do nothing."),
        ),
    )


def access_declined(desk: DeskSettings) -> MailText:
    return MailText(
        _("{vendor}: your request for access").format(vendor=desk.vendor),
        _letter(
            desk,
            _("We cannot give you access with the details that you gave."),
            _("If you think that this is a mistake, answer {email}.").format(email=desk.support_email),
        ),
    )


def guest_report(desk: DeskSettings, number: str) -> MailText:
    """To an address without an account, where nobody can make one by themselves."""
    return MailText(
        _reported(desk, number),
        _letter(desk, *_arrived(number), _("You will get our answer by mail.")),
    )


def guest_report_sign_up(desk: DeskSettings, number: str, code: str) -> MailText:
    return MailText(
        _reported(desk, number),
        _letter(
            desk,
            *_arrived(number),
            _("You will get our answer by mail. With this code you make an account and can follow it."),
            *_use(desk, CodePurpose.SIGN_UP, code),
        ),
    )


def guest_report_found(desk: DeskSettings, number: str) -> MailText:
    return MailText(
        _reported(desk, number),
        _letter(desk, *_arrived(number), _("It is among your tickets.")),
    )


def guest_report_verify(desk: DeskSettings, number: str, code: str) -> MailText:
    return MailText(
        _reported(desk, number),
        _letter(
            desk,
            *_arrived(number),
            _("To see it among your tickets, confirm with this code that the address is yours."),
            *_use(desk, CodePurpose.VERIFY, code),
        ),
    )


def _reported(desk: DeskSettings, number: str) -> str:
    return _("{vendor}: your report #{number}").format(vendor=desk.vendor, number=number)


def _arrived(number: str) -> tuple[str, ...]:
    text = _("A problem was reported with this address. It has the number #{number}.")
    return text.format(number=number), _("If it was not you, do nothing.")


class Answer(NamedTuple):
    """What staff wrote."""

    author: str
    """Their name."""
    body: str
    files: tuple[str, ...] = ()
    """Their names; the contents are got in the app."""
    status: Status | None = None
    """To which it led, if any."""


def answer(desk: DeskSettings, about: About, said: Answer) -> MailText:
    """To the person whom it concerns."""
    if about.is_ticket:
        wrote = _("{name} of {vendor} wrote about your ticket #{number}:")
    else:
        wrote = _("{name} of {vendor} wrote about “{subject}” ({number}):")
    told = wrote.format(name=said.author, vendor=desk.vendor, number=about.number, subject=about.subject)
    files = _attached(about, said.files)
    sentence = _sentence(said.status) if said.status else ""
    body = _letter(desk, told, said.body.strip(), files, sentence, _where_to_answer(desk))
    return MailText(_about(desk, about), body)


def _names(files: tuple[str, ...]) -> str:
    return _("Files: {names}").format(names=", ".join(files)) if files else ""


def _attached(about: About, files: tuple[str, ...]) -> str:
    names = _names(files)
    if names and about.subject:  # who has no account has no access to them
        names += "\n" + _("You get them in SupportDesk.")
    return names


def status_changed(desk: DeskSettings, about: About, status: Status) -> MailText:
    if about.subject:
        what = _("Something has changed about your ticket #{number} “{subject}”.")
    else:
        what = _("Something has changed about your ticket #{number}.")
    told = what.format(number=about.number, subject=about.subject)
    return MailText(_about(desk, about), _letter(desk, told, _sentence(status), _where_to_answer(desk)))


def order_changed(desk: DeskSettings, about: About, status: OrderStatus) -> MailText:
    what = _("Your order “{subject}” ({number}) has another status: {status}")
    told = what.format(subject=about.subject, number=about.number, status=status_name(status))
    waits = _("We wait for your answer.") if status is OrderStatus.QUESTION else ""
    return MailText(_about(desk, about), _letter(desk, told, waits, _where_to_answer(desk)))


def document_to_sign(desk: DeskSettings, about: About, sign_by: datetime | None) -> MailText:
    what = _("{vendor} asks for a signature: “{subject}” ({number})").format(
        vendor=desk.vendor, subject=about.subject, number=about.number
    )
    until = _("Please sign or decline it by {date}.").format(date=_day(sign_by)) if sign_by else ""
    where = _("You find it in SupportDesk under “Documents”.")
    return MailText(_about(desk, about), _letter(desk, what, until, where, _where_to_answer(desk)))


def document_withdrawn(desk: DeskSettings, about: About) -> MailText:
    what = _("{vendor} has withdrawn “{subject}” ({number}). There is nothing to sign any more.").format(
        vendor=desk.vendor, subject=about.subject, number=about.number
    )
    return MailText(_about(desk, about), _letter(desk, what, _where_to_answer(desk)))


def _day(moment: datetime) -> str:
    return dates.written(moment.astimezone().date().isoformat(), "", i18n.language())


def reported_for(desk: DeskSettings, about: About, body: str, files: tuple[str, ...] = ()) -> MailText:
    what = _("{vendor} has opened the ticket #{number} for you:").format(
        vendor=desk.vendor, number=about.number
    )
    told = what, body.strip(), _attached(about, files)
    return MailText(_about(desk, about), _letter(desk, *told, _where_to_answer(desk)))


def not_taken(desk: DeskSettings, number: str, reason: str) -> MailText:
    """An answer by mail that the ticket could not take."""
    return MailText(
        _("{vendor}: your mail about #{number}").format(vendor=desk.vendor, number=number),
        _letter(desk, _("Your mail was not added to the ticket #{number}.").format(number=number), reason),
    )


class ByCustomer(NamedTuple):
    """What a customer did about a ticket."""

    news: News
    name: str
    """Of the customer, as they are called at the desk."""
    organisation: str
    body: str = ""
    files: tuple[str, ...] = ()
    """Their names."""


def to_staff(desk: DeskSettings, about: About, done: ByCustomer, *, may_answer: bool) -> MailText:
    """`may_answer`: what comes back by mail becomes an answer to the customer."""
    where = _("Reply to this mail, and the customer gets what you write.") if may_answer else _unread()
    body = _letter(desk, _done(about, done), done.body.strip(), _names(done.files), where)
    return MailText(_about(desk, about), body)


def _done(about: About, done: ByCustomer) -> str:
    if not about.is_ticket:
        return _done_otherwise(about, done)
    told = {
        News.REPORTED: _("{name} ({organisation}) has opened the ticket #{number}:"),
        News.ANSWERED: _("{name} ({organisation}) wrote about the ticket #{number}:"),
        News.REOPENED: _("{name} ({organisation}) has reopened the ticket #{number}:"),
        News.ADDED_FILES: _("{name} ({organisation}) has added files to the ticket #{number}."),
    }
    return told[done.news].format(name=done.name, organisation=done.organisation, number=about.number)


def _done_otherwise(about: About, done: ByCustomer) -> str:
    """About a document, an order or a subscription."""
    told = {
        News.ORDERED: _("{name} ({organisation}) has sent the order “{subject}” ({number})."),
        News.ANSWERED: _("{name} ({organisation}) wrote about “{subject}” ({number}):"),
        News.ADDED_FILES: _("{name} ({organisation}) has added files to “{subject}” ({number})."),
        News.SIGNED: _("{name} ({organisation}) has signed “{subject}” ({number})."),
        News.DECLINED: _("{name} ({organisation}) has declined “{subject}” ({number}):"),
    }
    return told[done.news].format(
        name=done.name, organisation=done.organisation, number=about.number, subject=about.subject
    )


def access_wanted(desk: DeskSettings, name: str, email: str, organisation: str, message: str) -> MailText:
    """To the vendor's people, in the words of who asks."""
    wants = _("{name} ({email}) asks for access. Organisation: {organisation}")
    decide = _("Accept or decline it with {command}.")
    return MailText(
        _("{vendor}: a request for access").format(vendor=desk.vendor),
        _letter(
            desk,
            wants.format(name=name, email=email, organisation=organisation),
            message,
            decide.format(command="supportdesk-server admin access-request"),
        ),
    )


def unmatched(desk: DeskSettings, sender: str, subject: str, file: str) -> MailText:
    """To the vendor's people: nobody else has seen it."""
    return MailText(
        _("{vendor}: a mail that belongs to no ticket").format(vendor=desk.vendor),
        _letter(
            desk,
            _("A mail from {sender} has come in that belongs to no ticket.").format(sender=sender or "?"),
            _("Its subject: {subject}").format(subject=subject) if subject else "",
            _("Nobody has answered it. It is kept on the server: {file}").format(file=file),
        ),
    )


def trial(desk: DeskSettings) -> MailText:
    """In the language of who asks for it."""
    return MailText(
        _("{vendor}: a test").format(vendor=desk.vendor),
        _letter(desk, _("Mails of this support desk reach you.")),
    )


def _about(desk: DeskSettings, about: About) -> str:
    return f"[#{about.number}] {about.subject}" if about.subject else _reported(desk, about.number)


def _sentence(status: Status) -> str:
    match status:
        case Status.QUESTION:
            return _("We wait for your answer.")
        case Status.IN_PROGRESS:
            return _("We are working on it.")
        case Status.SOLVED:
            return _("We think that it is solved. Please check.")
        case Status.CLOSED:
            return _("The ticket is closed.")
        case _other:
            return ""


def _where_to_answer(desk: DeskSettings) -> str:
    if desk.reply_by_mail:
        return _("Answer in SupportDesk, or simply reply to this mail.")
    return _unread()


def _unread() -> str:
    return _("Please answer in SupportDesk; a reply to this mail is not read.")


def _use(desk: DeskSettings, purpose: CodePurpose, code: str) -> tuple[str, ...]:
    life = {
        CodePurpose.SIGN_UP: _("The code can be used once, within an hour."),
        CodePurpose.RESET: _("The code can be used once, within an hour."),
        CodePurpose.VERIFY: _("The code can be used once, within seven days."),
        CodePurpose.INVITATION: _("The code can be used once, within seven days."),
    }
    enter = _("Enter it in SupportDesk, or open this link:")
    return f"    {code}", f"{enter}\n{link(desk, code)}", life[purpose]


def link(desk: DeskSettings, code: str) -> str:
    """Where it leads is the vendor's setting, never what a request said."""
    plain = quote(code)
    return f"{desk.public_url}/go#{plain}" if desk.public_url else f"supportdesk://account?code={plain}"


def where_we_are(vendor: str, public_url: str) -> str:
    """For somebody who has just installed the program; '' where customers have no address to enter."""
    if not public_url:
        return ""
    text = _("If {vendor} is not in your SupportDesk yet, add it with this address: {address}")
    return text.format(vendor=vendor, address=public_url)


def _letter(desk: DeskSettings, *paragraphs: str) -> str:
    """With the line that mail programs know as the beginning of a signature."""
    body = "\n\n".join(part for part in (_("Hello,"), *paragraphs) if part)
    return f"{body}\n\n-- \n{desk.vendor}\n"


def spoken(desk: DeskSettings, *wanted: str) -> str:
    """The first of the languages that a person or a request named, else the vendor's own."""
    return next((each for each in (*wanted, desk.default_language) if each in LANGUAGES), SOURCE_LANGUAGE)
