"""The API's description, made of the routes and of the types that travel."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig

from supportdesk import __version__
from supportdesk.domain.commands import AnyIntent
from supportdesk.domain.wire import API, CHUNK_TYPE, PROBLEM_TYPE, Problem
from supportdesk.server.who import Who

Tree = dict[str, Any]

_SCHEMAS = "#/components/schemas/{name}"
_TOKEN = "token"


@cache
def document() -> bytes:
    """OpenAPI 3.1 as JSON; the same for every vendor."""
    from supportdesk.server.routes import ROUTES  # late: one of the routes gives the document away

    config = OpenAPIConfig(
        title="SupportDesk",
        version=__version__,
        summary="What a support portal and its clients say to each other",
        use_handler_docstrings=True,
    )
    app = Litestar(route_handlers=ROUTES, openapi_config=config, logging_config=None)
    tree = app.openapi_schema.to_schema()
    tree["servers"] = [{"url": "/", "description": "The vendor's address"}]
    components = tree["components"]
    components["securitySchemes"] = {_TOKEN: {"type": "http", "scheme": "bearer"}}
    (intent, _problem), schemas = msgspec.json.schema_components([AnyIntent, Problem], ref_template=_SCHEMAS)
    components["schemas"] |= schemas  # of types that no signature shows
    for path, method, operation in operations(tree):
        _describe(operation, _who(app, path, method))
    _describe_bodies(tree, intent)
    return msgspec.json.encode(tree)


def operations(tree: Tree) -> Iterator[tuple[str, str, Tree]]:
    """(path, method in capitals, operation) of a document."""
    for path, item in tree["paths"].items():
        for method, operation in item.items():
            yield path, method.upper(), operation


def _who(app: Litestar, path: str, method: str) -> Who:
    for route in app.routes:
        if getattr(route, "path_format", "") == path:
            for handler in route.route_handlers:  # type: ignore[union-attr]
                if isinstance(handler, HTTPRouteHandler) and method in handler.http_methods:
                    return Who(handler.opt["who"])
    raise LookupError(path)


def _describe(operation: Tree, who: Who) -> None:
    problem = {"$ref": _SCHEMAS.format(name="Problem")}
    operation["responses"].pop("400", None)  # what the framework would say; ours is a problem
    operation["responses"]["default"] = {
        "description": "An error",
        "content": {PROBLEM_TYPE: {"schema": problem}},
    }
    operation["x-who"] = who.value
    operation["security"] = [] if who is Who.PUBLIC else [{_TOKEN: []}]


def _describe_bodies(tree: Tree, intent: Tree) -> None:
    """Of routes that read their body themselves."""
    tree["components"]["schemas"]["CommandSent"] = {
        "title": "CommandSent",
        "type": "object",
        "properties": {"created_at": {"type": "string", "format": "date-time"}, "intent": intent},
        "required": ["created_at", "intent"],
        "additionalProperties": False,
    }
    command = {"schema": {"$ref": _SCHEMAS.format(name="CommandSent")}}
    chunk = {"schema": {"type": "string", "format": "binary"}}
    for path, method, kind, body in (
        (f"{API}/commands", "post", "application/json", command),
        (f"{API}/uploads/{{sha256}}", "patch", CHUNK_TYPE, chunk),
    ):
        tree["paths"][path][method]["requestBody"] = {"required": True, "content": {kind: body}}
