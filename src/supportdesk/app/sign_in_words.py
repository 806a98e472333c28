"""What the sign-in window says, in the language of the moment."""

from dataclasses import dataclass

from supportdesk import i18n
from supportdesk.app.sign_in_state import Page, SignInState, Topic
from supportdesk.domain.errors import SecretsUnavailable
from supportdesk.i18n import _

_HELP: dict[Topic, tuple[str, str]] = {
    Topic.PASSWORD: (
        i18n.N_("Forgot your password?"),
        i18n.N_("{vendor} sets a new one for you. Have your user name at hand and get in touch:"),
    ),
    Topic.ACCOUNT: (
        i18n.N_("Create an account"),
        i18n.N_("{vendor} sends you your access data. Get in touch and say for whom you work:"),
    ),
}


@dataclass(frozen=True)
class HelpWords:
    title: str
    text: str
    phone: str
    hours: str
    email: str
    web_portal: str


def keyring_note(state: SignInState) -> str:
    """Why 'Stay signed in' cannot be chosen, in the language of the moment; '' when it can."""
    if state.has_keyring:
        return ""
    missing = SecretsUnavailable()
    then = missing.next_step
    if state.page is Page.CREDENTIALS and state.is_demo and not state.has_own_password:
        then = _("The demo signs in by itself all the same.")
    return f"{missing} {then}"


def help_words(state: SignInState) -> HelpWords | None:
    """In the language of the moment; None before a vendor is chosen."""
    profile = state.profile
    if profile is None:
        return None
    language = i18n.language()
    title, text = _HELP[state.topic]
    return HelpWords(
        _(title),
        _(text).format(vendor=profile.short_name),
        profile.support.phone,
        profile.text(profile.support.hours, language),
        profile.support.email,
        profile.text(profile.links.web_portal, language),
    )
