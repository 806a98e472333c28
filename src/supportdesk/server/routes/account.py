"""An account's beginning and its owner's part in it."""

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from supportdesk.domain.account import (
    ChangePassword,
    ChangeProfile,
    CodeMeaning,
    Done,
    ExamineCode,
    GetProfile,
    MailCode,
    MyProfile,
    RedeemCode,
    RequestAccess,
)
from supportdesk.domain.session import Session
from supportdesk.domain.wire import API, SessionGiven
from supportdesk.server.asking import AtTheDoor, ask, given
from supportdesk.server.caller import Caller
from supportdesk.server.routes.sessions import kept
from supportdesk.server.who import Who


@post(f"{API}/account/mails", who=Who.PUBLIC, status_code=202, tags=["account"])
async def mail_code(data: JSONBody[MailCode], at_the_door: NamedDependency[AtTheDoor]) -> Done:
    """A code by mail, where there is reason to send one. The answer is the same for every address."""
    return await at_the_door.ask(data, Done)


@post(f"{API}/account/requests", who=Who.PUBLIC, status_code=202, tags=["account"])
async def request_access(data: JSONBody[RequestAccess], at_the_door: NamedDependency[AtTheDoor]) -> Done:
    """Asks the vendor for an account. The answer is the same for every address."""
    return await at_the_door.ask(data, Done)


@post(f"{API}/account/codes/examined", who=Who.PUBLIC, status_code=200, tags=["account"])
async def examine_code(data: JSONBody[ExamineCode], at_the_door: NamedDependency[AtTheDoor]) -> CodeMeaning:
    """What a mailed code is for; it is not used up."""
    return await at_the_door.ask(data, CodeMeaning)


@post(f"{API}/account/codes/redeemed", who=Who.PUBLIC, tags=["account"])
async def redeem_code(data: JSONBody[RedeemCode], at_the_door: NamedDependency[AtTheDoor]) -> SessionGiven:
    """Uses a mailed code up: a password is set, an account is made where it is new, and a session begins."""
    session = await at_the_door.ask(data, Session, device=kept(data.device), device_name=data.device_name)
    return given(session, at_the_door.now)


@get(f"{API}/account", who=Who.SIGNED_IN, tags=["account"])
async def my_profile(caller: NamedDependency[Caller]) -> MyProfile:
    """What the vendor knows about the person."""
    return await ask(caller, GetProfile(), MyProfile)


@put(f"{API}/account", who=Who.SIGNED_IN, tags=["account"])
async def change_profile(data: JSONBody[ChangeProfile], caller: NamedDependency[Caller]) -> MyProfile:
    """The name is seen by colleagues and the vendor; mails are written in the language."""
    return await ask(caller, data, MyProfile)


@put(f"{API}/account/password", who=Who.SIGNED_IN, tags=["account"])
async def change_password(data: JSONBody[ChangePassword], caller: NamedDependency[Caller]) -> SessionGiven:
    """All sessions end; the one that is given takes the place of that with which it was asked."""
    return given(await ask(caller, data, Session), caller.now)
