"""Logging out: one question that says what it means and names what would be lost."""

from collections.abc import Callable

from supportdesk.app.shell import Place, ShellPresenter, Unsent
from supportdesk.domain.errors import Refused, SupportDeskError
from supportdesk.i18n import _, ngettext
from supportdesk.ui.shell.question import Question

_NAMED = 4


class Farewell:
    def __init__(
        self,
        shell: ShellPresenter,
        question: Question,
        leave: Callable[[], None],
        stay: Callable[[], None],
        failed: Callable[[SupportDeskError], None],
    ) -> None:
        """`leave` ends what is shown of the account before its data goes, `stay` brings it back."""
        self._shell = shell
        self._question = question
        self._end_screens = leave
        self._show_again = stay
        self._failed = failed

    def ask(self, place: Place) -> None:
        """What is unsent is counted first, so that there is one question and not a second one after it."""
        self._shell.count_unsent(place.account.id, lambda unsent: self._ask(place, unsent))

    def _ask(self, place: Place, unsent: Unsent) -> None:
        account = place.account
        text = _("What this account shows is removed from this computer. It stays at {vendor}.")
        text = text.format(vendor=place.profile.short_name)
        self._question.ask(
            _("Log out {name}?").format(name=account.person_name or account.user),
            f"{_loss(unsent)} {text}" if unsent else text,
            detail=_names(unsent.subjects),
            yes=_("Log out and discard it") if unsent else _("Log out"),
            no=_("Stay signed in"),
            kind="danger" if unsent else "primary",
            icon="log-out",
            then=lambda: self._leave(place, force=bool(unsent)),
        )

    def _leave(self, place: Place, *, force: bool) -> None:
        self._end_screens()
        self._shell.sign_out(place.account.id, force=force, failed=lambda error: self._refused(place, error))

    def _refused(self, place: Place, error: SupportDeskError) -> None:
        self._show_again()
        if isinstance(error, Refused):  # something was written while the question stood there
            self.ask(place)
        else:
            self._failed(error)


def _loss(unsent: Unsent) -> str:
    kinds = (
        (unsent.reports, ngettext("{n} report", "{n} reports", unsent.reports)),
        (unsent.orders, ngettext("{n} order", "{n} orders", unsent.orders)),
        (unsent.messages, ngettext("{n} message", "{n} messages", unsent.messages)),
        (unsent.drafts, ngettext("{n} draft", "{n} drafts", unsent.drafts)),
    )
    counted = ", ".join(words.format(n=n) for n, words in kinds if n)
    return _("Not sent yet and lost when you log out: {what}.").format(what=counted)


def _names(subjects: tuple[str, ...]) -> str:
    more = len(subjects) - _NAMED
    lines = [f"• {subject}" for subject in subjects[:_NAMED]]
    if more > 0:
        lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
    return "\n".join(lines)
