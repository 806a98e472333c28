"""What people should know beside the answer to a command; programs that read the answer get none of it."""

from collections.abc import Iterator

from supportdesk.desk.office.verbs import Verb
from supportdesk.domain.office import OfficeRequest
from supportdesk.domain.office_keys import AddKey
from supportdesk.domain.office_mails import AddNotification, RemoveNotification
from supportdesk.domain.office_people import AcceptAccessRequest, AddPerson, InvitePerson
from supportdesk.i18n import _
from supportdesk.server.cli.admin.place import Desk


def remarks(desk: Desk, verb: Verb, request: OfficeRequest) -> Iterator[str]:
    if verb.request is AddPerson:
        yield desk.whereabouts
    if _invites(request) and desk.configuration.sends_mail and not desk.configuration.public_url:
        yield _("The invitation does not say where the server is reached: public_url is not set.")
    if verb.request is AddKey and "license_keys" not in desk.profile.modules:
        yield _("Customers do not see it: “license_keys” is not among the modules of the profile.")


def sentence(request: OfficeRequest) -> str:
    """What is said in place of an answer that says nothing to people; '' for all others."""
    if isinstance(request, AddNotification):
        return _("{email} is told from now on.").format(email=request.email)
    if isinstance(request, RemoveNotification):
        return _("{email} is told nothing any more.").format(email=request.email)
    return ""


def _invites(request: OfficeRequest) -> bool:
    if isinstance(request, AddPerson):
        return not request.tell_password
    return isinstance(request, InvitePerson | AcceptAccessRequest)
