"""How one thing on its way stands, as a chip."""

from typing import NamedTuple

from supportdesk.domain.projections import OutboxState
from supportdesk.i18n import N_, _


class DeliveryChip(NamedTuple):
    words: str
    tone: str
    icon: str


_CHIPS: dict[OutboxState, DeliveryChip] = {
    OutboxState.QUEUED: DeliveryChip(N_("Will be sent"), "warning", "cloud-upload"),
    OutboxState.UPLOADING: DeliveryChip(N_("Being sent"), "info", "cloud-upload"),
    OutboxState.SENDING: DeliveryChip(N_("Being sent"), "info", "cloud-upload"),
    OutboxState.SENT: DeliveryChip(N_("Arrived"), "success", "circle-check"),
    OutboxState.UNCERTAIN: DeliveryChip(N_("Being checked"), "warning", "hourglass"),
    OutboxState.BLOCKED_AUTH: DeliveryChip(N_("Waits for your sign-in"), "warning", "log-in"),
    OutboxState.NEEDS_USER: DeliveryChip(N_("Needs your help"), "danger", "circle-alert"),
    OutboxState.CANCELLED: DeliveryChip(N_("Taken back"), "neutral", "rotate-ccw"),
}


def delivery_chip(state: OutboxState) -> DeliveryChip:
    """`words` in the language of now."""
    chip = _CHIPS[state]
    return chip._replace(words=_(chip.words))
