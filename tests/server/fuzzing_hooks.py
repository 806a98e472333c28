"""What schemathesis, which loads this, cannot find in the API's description.

The environment tells FUZZED_ADDRESS, the server, and FUZZED_BY, who asks: '' is somebody without a session.
"""

import os
import random
from http import HTTPStatus
from typing import Any

import httpx
import schemathesis
from hypothesis import strategies as st

from supportdesk.domain.wire import API, CHUNK_TYPE
from tests.server.talking import Talker, sha256
from tests.support.desk import PASSWORD

_USER = os.environ["FUZZED_BY"]
_CONTENT = bytes(range(256)) * 8
"""Of a file that whoever asks has begun to send."""
_CHANGING = f"{API}/account/password"
_dice = random.Random(1)
_passwords = [PASSWORD]
"""Of whoever asks, the present one last."""

schemathesis.openapi.media_type(CHUNK_TYPE, st.binary(max_size=len(_CONTENT)) | st.just(_CONTENT))


if _USER:

    @schemathesis.auth()
    class SignedIn:
        """Again after each 401: what is sent also ends sessions."""

        def get(self, _case: schemathesis.Case[Any], _context: schemathesis.AuthContext) -> str:
            with httpx.Client(base_url=os.environ["FUZZED_ADDRESS"] + API, timeout=60) as client:
                talker = Talker(client)
                talker.sign_in(_USER, _passwords[-1]).raise_for_status()
                talker.begin_upload(_CONTENT).raise_for_status()
                return talker.token

        def set(self, case: schemathesis.Case[Any], token: str, _context: schemathesis.AuthContext) -> None:
            case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def map_path_parameters(
    _context: schemathesis.HookContext, parameters: dict[str, object] | None
) -> dict[str, object] | None:
    """Half of the time the upload is one that was begun."""
    if parameters and "sha256" in parameters and _dice.random() < 0.5:
        return {**parameters, "sha256": sha256(_CONTENT)}
    return parameters


@schemathesis.hook
def map_body(context: schemathesis.HookContext, body: object) -> object:
    """Half of the time who wants another password knows the present one, and the new one is long enough."""
    changing = context.operation is not None and context.operation.path == _CHANGING
    if changing and isinstance(body, dict) and _dice.random() < 0.5:
        return {"old": _passwords[-1], "new": f"{body.get('new')}-and-ten-signs"}
    return body


@schemathesis.hook
def after_call(
    _context: schemathesis.HookContext, case: schemathesis.Case[Any], response: schemathesis.Response
) -> None:
    if case.operation.path == _CHANGING and response.status_code == HTTPStatus.OK:
        assert isinstance(case.body, dict)
        _passwords.append(str(case.body["new"]))
