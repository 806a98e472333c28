"""Single sign-on: what a provider must say before somebody is let in, and what nobody can make it say."""

import asyncio
import base64
import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from sqlalchemy import select, update

from supportdesk.backends.http import Patience
from supportdesk.desk.office import administration
from supportdesk.desk.store.database import DeskConnection, reading, writing
from supportdesk.desk.store.schema import audit, people
from supportdesk.domain.entities import Role
from supportdesk.domain.errors import InvalidInput
from supportdesk.domain.wire import API
from supportdesk.server.configuration import Configuration, configured
from supportdesk.server.sign_on import provider as providers
from supportdesk.server.sign_on.provider import Provider
from supportdesk.server.vendors import portals
from tests.server.talking import Talker, problem
from tests.support.desk import COLLEAGUE, CUSTOMER, PASSWORD, add_person, person_of
from tests.support.oidc_provider import BUTTON, CLIENT_ID, Claims, OidcProvider, oidc_provider, signing_key
from tests.support.server import Served, served, small_portal

BRISK = Patience(connect_s=2, silence_s=1, answer_s=2)
PATIENT = Patience(connect_s=30, silence_s=30, answer_s=60)
"""A busy machine is no silent provider."""
REDIRECT = "http://127.0.0.1:45678/supportdesk"
VERIFIER = "v" * 43
NONCE = "of this attempt"


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    with oidc_provider() as running:
        yield running


class Visitor:
    """Somebody with a browser, and a client that does what the protocol says."""

    def __init__(self, server: Served, client: httpx.Client) -> None:
        self.server, self.client = server, client

    def find(self) -> httpx.Response:
        return self.client.get("/account/single-sign-on")

    def code(self, nonce: str = NONCE) -> str:
        """What the browser brings back."""
        place = self.find().json()
        digest = hashlib.sha256(VERIFIER.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": place["client_id"],
            "scope": place["scope"],
            "redirect_uri": REDIRECT,
            "state": "s",
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        back = httpx.get(place["authorization_endpoint"], params=asked)
        return str(httpx.URL(back.headers["location"]).params["code"])

    def redeem(self, code: str = "", **other: str) -> httpx.Response:
        told = {
            "verifier": VERIFIER,
            "redirect_uri": REDIRECT,
            "nonce": NONCE,
            "device_name": "Test",
            **other,
        }
        return self.client.post(
            "/account/single-sign-on/redeemed", json={"code": code or self.code(), **told}
        )

    def is_refused(self, code: str = "sign_on_failed", status: int = 401) -> dict[str, Any]:
        answer = self.redeem()
        assert answer.status_code == status, answer.text
        told = problem(answer)
        assert told["code"] == code
        return told


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(tmp_path: Path, provider: OidcProvider) -> Iterator[Visit]:
    """Begins a server that is told of the provider; keyword arguments go to `Oidc`."""
    opened: list[Any] = []

    def begin(patience: Patience = PATIENT, **told: Any) -> Visitor:
        running = served(tmp_path / "desk", single_sign_on=Provider(provider.told(**told), patience))
        opened.append(running)
        server = running.__enter__()
        client = httpx.Client(base_url=server.address + API, timeout=60)
        opened.append(client)
        return Visitor(server, client)

    yield begin
    for each in reversed(opened):
        each.__exit__(None, None, None)


def test_whom_the_provider_vouches_for_gets_a_session(visit: Visit) -> None:
    """It is one like any other: listed by its name, in the audit, and it ends when it is told to."""
    visitor = visit()
    assert visitor.client.get("/door").json()["single_sign_on"] == BUTTON
    given = visitor.redeem()
    assert given.status_code == 201, given.text
    assert given.json()["user"] == CUSTOMER
    visitor.client.headers["Authorization"] = f"Bearer {given.json()['token']}"
    assert visitor.client.get("/welcome").json()["me"]["name"] == "Jana"
    listed = visitor.client.get("/sessions").json()["sessions"]
    assert [each["device"] for each in listed] == ["Test"]
    assert "single_sign_on" in visitor.server.do(_audited)
    assert visitor.client.delete("/sessions/current").status_code == 204
    assert visitor.client.get("/welcome").status_code == 401


def test_the_address_is_verified_from_then_on(visit: Visit) -> None:
    """As with a mailed code."""
    visitor = visit()
    assert visitor.redeem().status_code == 201
    assert visitor.server.do(_verified) is True


def test_a_code_holds_once(visit: Visit) -> None:
    """The second time it is as wrong as any other."""
    visitor = visit()
    code = visitor.code()
    assert visitor.redeem(code).status_code == 201
    assert problem(visitor.redeem(code))["code"] == "sign_on_failed"
    assert problem(visitor.redeem("invented"))["code"] == "sign_on_failed"


def test_of_many_who_use_a_code_one_comes_in(visit: Visit) -> None:
    """At the same moment."""
    visitor = visit()
    code = visitor.code()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _each: visitor.redeem(code).status_code, range(8)))
    assert sorted(answers) == [201, *[401] * 7]


@pytest.mark.parametrize(
    "other", [{"verifier": "w" * 43}, {"redirect_uri": "http://127.0.0.1:9/"}, {"nonce": "another"}], ids=str
)
def test_a_code_holds_for_who_asked_for_it_alone(visit: Visit, other: dict[str, str]) -> None:
    """With the verifier, the place and the nonce of the attempt."""
    visitor = visit()
    assert problem(visitor.redeem(visitor.code(), **other))["code"] == "sign_on_failed"


def _without(name: str) -> Callable[[Claims], None]:
    return lambda claims: claims.pop(name) and None


def _with(**other: Any) -> Callable[[Claims], None]:
    return lambda claims: claims.update(other)


@pytest.mark.parametrize(
    "change",
    [
        _with(aud="somebody else"),
        _with(aud=[CLIENT_ID, "somebody else"]),
        _with(aud=[CLIENT_ID, "somebody else"], azp="somebody else"),
        _with(iss="https://accounts.example.org"),
        _with(exp=1_700_000_000),
        _with(iat=4_000_000_000),
        _with(nonce="another"),
        _with(nonce=None),
        *map(_without, ("aud", "iss", "exp", "iat", "nonce", "sub")),
    ],
)
def test_a_token_that_is_not_for_this_sign_in_is_refused(
    visit: Visit, provider: OidcProvider, change: Callable[[Claims], None]
) -> None:
    """Whatever of it is wrong or missing; and the next right one is taken."""
    visitor = visit()
    provider.changed = change
    visitor.is_refused()
    provider.changed = lambda claims: None
    assert visitor.redeem().status_code == 201


def _signed_by_another(claims: Claims) -> str:
    return jwt.encode(claims, signing_key("another"), algorithm="RS256", headers={"kid": "first"})


def _unsigned(claims: Claims) -> str:
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "first"})


def _signed_with_what_is_public(claims: Claims) -> str:
    """The old trick: the public key as shared secret."""
    numbers = signing_key().public_key().public_numbers()
    secret = hashlib.sha256(str(numbers.n).encode()).digest()
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": "first"})


def _changed_after_signing(claims: Claims) -> str:
    head, _body, signature = jwt.encode(
        claims, signing_key(), algorithm="RS256", headers={"kid": "first"}
    ).split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims | {"email": COLLEAGUE}).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


def _of_unknown_key(claims: Claims) -> str:
    return jwt.encode(claims, signing_key(), algorithm="RS256", headers={"kid": "invented"})


@pytest.mark.parametrize(
    "signed",
    [
        _signed_by_another,
        _unsigned,
        _signed_with_what_is_public,
        _changed_after_signing,
        _of_unknown_key,
        lambda _claims: "",
        lambda _claims: "a.b.c",
        lambda _claims: "x" * 200_000,
    ],
)
def test_a_token_that_the_provider_did_not_sign_is_refused(
    visit: Visit, provider: OidcProvider, signed: Callable[[Claims], str]
) -> None:
    """Neither by another, nor by nobody, nor changed."""
    visitor = visit()
    provider.signed = signed
    visitor.is_refused()


def test_a_new_key_is_found(visit: Visit, provider: OidcProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """Providers change theirs; but nobody can make us ask each time."""
    visitor = visit()
    assert visitor.redeem().status_code == 201
    provider.key_name = "second"
    visitor.is_refused()
    assert provider.asked.count("/keys") == 1
    monkeypatch.setattr(providers, "_AGAIN_S", 0.0)
    assert visitor.redeem().status_code == 201
    assert provider.asked.count("/keys") == 2


@pytest.mark.parametrize("verified", [False, None, "false", 0, "yes"])
def test_an_address_that_is_not_verified_lets_nobody_in(
    visit: Visit, provider: OidcProvider, verified: object
) -> None:
    """Anybody could have typed it there."""
    provider.person["email_verified"] = verified
    told = visit().is_refused("address_not_accepted", 403)
    assert CUSTOMER in told["detail"]


def test_who_has_no_address_is_told_so(visit: Visit, provider: OidcProvider) -> None:
    """Also where the claim is something else than a text."""
    visitor = visit()
    for wrong in (None, "", 7, ["jana@practice.example"]):
        provider.person["email"] = wrong
        visitor.is_refused("address_not_accepted", 403)
    provider.person["email"] = "not an address"
    visitor.is_refused("invalid_input", 422)


def test_strangers_stay_out_unless_the_vendor_wants_them(visit: Visit, provider: OidcProvider) -> None:
    """They are told which address it was, because people have several accounts."""
    provider.person["email"] = "nora@school.example"
    told = visit().is_refused("address_not_accepted", 403)
    assert "nora@school.example" in told["detail"]


def test_strangers_are_added_to_the_organisation_that_the_vendor_names(
    visit: Visit, provider: OidcProvider
) -> None:
    """Once, with the name from there, and as customers."""
    provider.person = {"email": "Nora@School.example", "email_verified": True, "name": "Nora\n Lindt"}
    visitor = visit(organisation="Practice")
    first, second = visitor.redeem().json(), visitor.redeem().json()
    assert first["user"] == second["user"] == "nora@school.example"
    visitor.client.headers["Authorization"] = f"Bearer {second['token']}"
    welcome = visitor.client.get("/welcome").json()
    assert (welcome["me"]["name"], welcome["me"]["role"]) == ("Nora Lindt", "customer")
    assert welcome["organisation"]["name"] == "Practice"


@pytest.mark.parametrize("organisation", ["", "Practice"])
def test_who_was_deactivated_stays_out(visit: Visit, organisation: str) -> None:
    """Also where strangers are let in; the answer is that for strangers, and earlier sessions ended."""
    visitor = visit(organisation=organisation)
    token = visitor.redeem().json()["token"]
    jana = visitor.server.do(lambda connection, now: person_of(connection, CUSTOMER))
    visitor.server.do(partial(administration.set_active, person_id=jana, active=False))
    assert visitor.client.get("/welcome", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    visitor.is_refused("address_not_accepted", 403)
    visitor.server.do(partial(administration.set_active, person_id=jana, active=True))
    assert visitor.redeem().status_code == 201


def test_an_address_that_several_share_is_nobodys(visit: Visit, provider: OidcProvider) -> None:
    """It does not say which of them it is; unless it is one's user name."""
    visitor = visit()
    visitor.server.do(_two_with_one_address)
    provider.person["email"] = "desk@practice.example"
    visitor.is_refused("address_not_accepted", 403)
    visitor.server.do(_third_with_it_as_name)
    assert visitor.redeem().json()["user"] == "desk@practice.example"


def test_the_claims_can_have_other_names(visit: Visit, provider: OidcProvider) -> None:
    """As with providers who keep addresses elsewhere; the address in the usual place does not count then."""
    provider.person = {"email": CUSTOMER, "email_verified": True, "upn": COLLEAGUE, "sure": "1"}
    visitor = visit(email_claim="upn", verified_claim="sure")
    assert visitor.redeem().json()["user"] == COLLEAGUE
    del provider.person["sure"]
    visitor.is_refused("address_not_accepted", 403)


def test_a_client_with_a_secret_shows_it(visit: Visit, provider: OidcProvider) -> None:
    """To the provider alone: nothing of it is told to anybody."""
    provider.secret = "s3cret"
    visitor = visit(client_secret="s3cret")
    assert visitor.redeem().status_code == 201
    assert "s3cret" not in visitor.find().text + repr(provider.told(client_secret="s3cret"))
    provider.secret = "changed there"
    visitor.is_refused()


def test_a_provider_that_is_gone_is_said_to_be(visit: Visit, provider: OidcProvider) -> None:
    """And that it is worth another try; the password still works meanwhile."""
    visitor = visit()
    code = visitor.code()
    provider.stop()
    answer = visitor.redeem(code)
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert Talker(visitor.client).sign_in(CUSTOMER, PASSWORD).status_code == 201


def test_a_provider_that_does_not_answer_holds_nobody_up(visit: Visit, provider: OidcProvider) -> None:
    """Nor is it asked again and again, however many try."""
    provider.waits_for.clear()
    visitor = visit(BRISK)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _each: visitor.find().status_code, range(8)))
    assert answers == [503] * 8
    assert len(provider.asked) == 1


def test_who_moves_elsewhere_is_not_followed(visit: Visit, provider: OidcProvider) -> None:
    """A code and a secret are for the provider that the operator named."""
    with oidc_provider() as other:
        visitor = visit()
        code = visitor.code()
        provider.moved_to = other.issuer
        assert problem(visitor.redeem(code))["status"] == 503
        assert other.asked == []


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://accounts.example.org"},
        {"authorization_endpoint": "http://accounts.example.org/authorize"},
        {"authorization_endpoint": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "https://user@accounts.example.org/"},
        {"token_endpoint": "http://accounts.example.org/token"},
        {"jwks_uri": "http://accounts.example.org/keys"},
        {"jwks_uri": "ftp://127.0.0.1/keys"},
    ],
    ids=str,
)
def test_a_document_that_leads_astray_is_not_believed(
    visit: Visit, provider: OidcProvider, change: dict[str, str]
) -> None:
    """Neither another's nor one that leads over ways where others could read along."""
    provider.document = lambda document: document.update(change)
    assert problem(visit().find())["status"] == 503


def test_guesses_are_counted(visit: Visit) -> None:
    """By where they come from, as sign-ins are."""
    visitor = visit()
    answers = [visitor.redeem("invented").status_code for _each in range(110)]
    assert set(answers) == {401, 429}
    assert visitor.find().status_code == 429


def test_without_a_provider_there_is_no_button(server: Served) -> None:
    """And nobody comes in that way."""
    with httpx.Client(base_url=server.address + API) as client:
        assert client.get("/door").json()["single_sign_on"] == ""
        visitor = Visitor(server, client)
        assert problem(visitor.find())["code"] == "refused"
        assert problem(visitor.redeem("code"))["code"] == "refused"


def _file(folder: Path, text: str) -> Configuration:
    (folder / "server.toml").write_text(f'data = "data"\n{text}')
    return configured({}, {}, folder / "server.toml")


_TOLD = '[oidc.vendor]\nissuer = "https://id.example.org"\nclient_id = "c"\nbutton = "School account"\n'


def test_the_configuration_names_vendor_and_provider(tmp_path: Path) -> None:
    """By the id of the profile."""
    told = _TOLD.replace("vendor", "practice") + _TOLD.replace("vendor", "school") + 'organisation = "Nord"\n'
    found = _file(tmp_path, "demo = true\n" + told)
    assert found.oidc["school"].organisation == "Nord"
    served = {each.profile.id: each.single_sign_on for each in portals(found).values()}
    assert {name for name, provider in served.items() if provider is not None} == {"practice", "school"}


@pytest.mark.parametrize(
    "wrong",
    [
        _TOLD.replace("https://", "http://"),
        _TOLD.replace("https://id.example.org", "id.example.org"),
        _TOLD.replace('"c"', '""'),
        _TOLD.replace('"School account"', '" "'),
        _TOLD + 'scopes = ["email"]\n',
        _TOLD + "organization = 'x'\n",
        _TOLD.replace("button", "name"),
    ],
)
def test_a_provider_that_is_told_wrongly_is_refused(tmp_path: Path, wrong: str) -> None:
    """Before anybody is served."""
    with pytest.raises(InvalidInput):
        _file(tmp_path, wrong)


def test_a_provider_of_a_vendor_who_is_not_served_is_refused(tmp_path: Path) -> None:
    """A slip of the pen would leave customers without a button."""
    with pytest.raises(InvalidInput, match="vendor"):
        portals(_file(tmp_path, _TOLD))


def test_without_its_library_single_sign_on_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which extra is missing is said."""
    told = _file(tmp_path, "demo = true\n" + _TOLD.replace("vendor", "practice"))
    for name in ("provider", "tokens"):
        monkeypatch.delitem(sys.modules, f"supportdesk.server.sign_on.{name}")
        monkeypatch.delattr(f"supportdesk.server.sign_on.{name}")
    monkeypatch.setitem(sys.modules, "jwt", None)
    with pytest.raises(InvalidInput) as refused:
        portals(told)
    assert "'.[server,oidc]'" in refused.value.next_step


def test_an_organisation_that_is_not_there_keeps_the_server_from_starting(
    tmp_path: Path, provider: OidcProvider
) -> None:
    """Else strangers would come in nowhere."""
    told = Provider(provider.told(organisation="Practise"))
    portal = small_portal(tmp_path / "desk", single_sign_on=told)

    async def begin() -> None:
        try:
            await portal.open()
        finally:
            await portal.close()

    with pytest.raises(InvalidInput, match="Practise"):
        asyncio.run(begin())


def _audited(connection: DeskConnection, now: object) -> set[str]:
    with reading(connection):
        return set(connection.execute(select(audit.c.action)).scalars())


def _verified(connection: DeskConnection, now: object) -> bool:
    with reading(connection):
        found = connection.execute(select(people.c.verified_at).where(people.c.user_name == CUSTOMER))
        return found.scalar_one() is not None


def _two_with_one_address(connection: DeskConnection, now: Any) -> None:
    with writing(connection):
        both = people.c.user_name.in_([CUSTOMER, COLLEAGUE])
        connection.execute(update(people).where(both).values(email="desk@practice.example"))


def _third_with_it_as_name(connection: DeskConnection, now: Any) -> None:
    with reading(connection):
        practice = connection.execute(select(people.c.organisation_id).where(people.c.user_name == CUSTOMER))
        organisation_id = practice.scalar_one()
    add_person(
        connection,
        user="desk@practice.example",
        name="Desk",
        password=PASSWORD,
        organisation_id=organisation_id,
        role=Role.CUSTOMER,
        now=now,
    )
