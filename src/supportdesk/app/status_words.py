"""Plain words for a ticket's state: who has the ball and what is next, in the vendor's or our words."""

from supportdesk import i18n
from supportdesk.domain.profile import Profile, StatusWords
from supportdesk.domain.status import Stage
from supportdesk.i18n import N_, _

# Second text: when there is no date until which the ticket may be reopened.
_SENTENCES: dict[Stage, tuple[str, str]] = {
    Stage.DRAFT: (N_("Begun on this computer, not sent."), ""),
    Stage.OUTBOX: (N_("Saved. It goes out with the next connection."), ""),
    Stage.NEEDS_USER: (N_("{vendor} did not accept it. Open it to see why."), ""),
    Stage.NEW: (N_("{vendor} has it and is preparing it."), ""),
    Stage.BACKLOG: (N_("Prepared. The next free specialist takes it."), ""),
    Stage.IN_PROGRESS: (N_("{vendor} is working on it. You need to do nothing."), ""),
    Stage.QUESTION: (N_("{vendor} has a question. Your answer moves it on."), ""),
    Stage.SOLVED: (
        N_("Did it help? Confirm, or reopen until {date}."),
        N_("Did it help? Please confirm."),
    ),
    Stage.CLOSED: (N_("Done. You can reopen it until {date}."), N_("Done.")),
}


def vendor_name(profile: Profile, stage: Stage) -> str:
    """The vendor's own name of the state, or '' where it uses ours."""
    return profile.text(_words(profile, stage).name, i18n.language())


def sentence(profile: Profile, stage: Stage, date: str = "") -> str:
    """Who has the ball. `date` is the last day on which it may be reopened, in words; '' when none."""
    own = profile.text(_words(profile, stage).sentence, i18n.language())
    if own and (date or "{date}" not in own):
        return _filled(own, profile, date)
    with_date, without = _SENTENCES[stage]
    return _filled(_(with_date if date or not without else without), profile, date)


def _words(profile: Profile, stage: Stage) -> StatusWords:
    return profile.wording.status.get(stage) or StatusWords()


def _filled(text: str, profile: Profile, date: str) -> str:
    return text.replace("{vendor}", profile.short_name).replace("{date}", date)
