"""A small OpenID Connect provider on this machine's loopback, which does as it should or as a test wants.

It agrees at once to whoever is sent there: somebody with the claims of `person` is signed in already.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from supportdesk.server.sign_on.oidc import Oidc

CLIENT_ID = "supportdesk"
BUTTON = "Mit Schul-Konto anmelden"
Claims = dict[str, Any]


@cache
def signing_key(name: str = "first") -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class OidcProvider:
    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="provider")
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.person: Claims = {"email": "jana@practice.example", "email_verified": True, "name": "Jana"}
        self.key_name = "first"
        """Of the key with which it signs, and which it publishes."""
        self.asked: list[str] = []
        """Paths, in the order in which they were asked for."""
        self.changed: Callable[[Claims], None] = lambda claims: None
        """May change the claims of a token."""
        self.signed: Callable[[Claims], str] = self._sign
        self.document: Callable[[dict[str, str]], None] = lambda document: None
        """May change the discovery document."""
        self.moved_to = ""
        """Where it sends everybody who asks for anything but an authorization."""
        self.waits_for = threading.Event()
        """It answers nothing but an authorization before this is set."""
        self.waits_for.set()
        self.refuses = ""
        """Why it does not let somebody in; '' lets them in."""
        self.secret = ""
        self._codes: dict[str, dict[str, str]] = {}

    def told(self, **other: Any) -> Oidc:
        """As a server is told of it."""
        return Oidc(**{"issuer": self.issuer, "client_id": CLIENT_ID, "button": BUTTON, **other})

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.waits_for.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    # what it answers

    def discovery(self) -> dict[str, str]:
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        self.document(document)
        return document

    def keys(self) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(signing_key(self.key_name).public_key(), as_dict=True)
        return {"keys": [public | {"kid": self.key_name, "use": "sig", "alg": "RS256"}]}

    def authorized(self, asked: dict[str, str]) -> str:
        """Where the browser goes next."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        if self.refuses:
            return f"{asked['redirect_uri']}?{urlencode({'error': self.refuses, 'state': asked['state']})}"
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, str]]:
        """Status and answer. A code holds once, and only with what it was asked for."""
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        wanted = f"Basic {base64.b64encode(f'{CLIENT_ID}:{self.secret}'.encode()).decode()}"
        if self.secret and authorization != wanted:
            return 401, {"error": "invalid_client"}
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("client_id") != CLIENT_ID
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        moment = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "42",
            "iat": moment,
            "exp": moment + 300,
            "nonce": asked["nonce"],
            **self.person,
        }
        self.changed(claims)
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self.signed(claims)}

    def _sign(self, claims: Claims) -> str:
        return jwt.encode(
            claims, signing_key(self.key_name), algorithm="RS256", headers={"kid": self.key_name}
        )


class _Handler(BaseHTTPRequestHandler):
    provider: OidcProvider

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        self.provider.asked.append(path)
        found = {"/keys": self.provider.keys, "/.well-known/openid-configuration": self.provider.discovery}
        if path == "/authorize":
            self._answer(302, {}, self.provider.authorized(_plain(query)))
        elif self._goes_on():
            self._answer(200, found[path]())

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        form = _plain(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self._goes_on():
            self._answer(*self.provider.token(form, self.headers.get("Authorization", "")))

    def _goes_on(self) -> bool:
        self.provider.waits_for.wait(30)
        if self.provider.moved_to:
            self._answer(307, {}, self.provider.moved_to + self.path)
        return not self.provider.moved_to

    def _answer(self, status: int, body: object, location: str = "") -> None:
        content = json.dumps(body).encode()
        with suppress(OSError):  # who asked waits no longer
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


def _plain(form: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(form).items()}


@contextmanager
def oidc_provider() -> Iterator[OidcProvider]:
    provider = OidcProvider()
    provider.start()
    try:
        yield provider
    finally:
        provider.stop()
