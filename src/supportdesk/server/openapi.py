"""The API's description, made of the routes and of the types that travel."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Reference, Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition

from supportdesk import __version__
from supportdesk.desk.office.verbs import VERBS, Verb
from supportdesk.domain.account import AccountRequest
from supportdesk.domain.commands import AnyIntent
from supportdesk.domain.wire import API, CHUNK_TYPE, PROBLEM_TYPE, CommandSent, Problem
from supportdesk.server.provided import OF_VENDOR
from supportdesk.server.who import Who

Tree = dict[str, Any]

_SCHEMAS = "#/components/schemas/{name}"
_TOKEN = "token"
_BODIES = (  # of routes that read theirs themselves: path, method, media type, schema
    (f"{API}/commands", "post", "application/json", {"$ref": _SCHEMAS.format(name="CommandSent")}),
    (f"{API}/uploads/{{sha256}}", "patch", CHUNK_TYPE, {"type": "string", "format": "binary"}),
)


@cache
def document() -> bytes:
    """OpenAPI 3.1 as JSON; the same for every vendor."""
    from supportdesk.server.routes import ROUTES  # late: one of the routes gives the document away
    from supportdesk.server.routes.staff import path as staff_path

    types = _TravellingTypes()
    types.met |= {verb.request for verb in VERBS}
    app = Litestar(
        route_handlers=ROUTES,
        dependencies=OF_VENDOR,
        plugins=[types],
        openapi_config=OpenAPIConfig("SupportDesk", __version__, use_handler_docstrings=True),
        logging_config=None,
    )
    tree: Tree = app.openapi_schema.to_schema()
    tree["servers"] = [{"url": "/", "description": "The vendor's address"}]
    tree["components"] |= {
        "schemas": _schemas(types.met),
        "securitySchemes": {_TOKEN: {"type": "http", "scheme": "bearer"}},
    }
    for path, method, operation in operations(tree):
        _describe(operation, _who(app, path, method))
    for path, name, media_type, schema in _BODIES:
        body = {"required": True, "content": {media_type: {"schema": schema}}}
        tree["paths"][path][name]["requestBody"] = body
    for verb in VERBS:
        _describe_verb(tree, tree["paths"][staff_path(verb)], verb)
    return msgspec.json.encode(tree)


def _describe_verb(tree: Tree, item: Tree, verb: Verb) -> None:
    """Its request is the body where it writes, else each field of it is a parameter."""
    name = verb.request.__name__
    if verb.writes:
        content = {"application/json": {"schema": {"$ref": _SCHEMAS.format(name=name)}}}
        item["post"]["requestBody"] = {"required": True, "content": content}
        return
    told = tree["components"]["schemas"].pop(name)
    item["get"]["parameters"] = [
        {"name": field, "in": "query", "required": field in told.get("required", ()), "schema": schema}
        for field, schema in told["properties"].items()
    ]


def operations(tree: Tree) -> Iterator[tuple[str, str, Tree]]:
    """(path, method in capitals, operation) of a document."""
    for path, item in tree["paths"].items():
        for method, operation in item.items():
            yield path, method.upper(), operation


class _TravellingTypes(OpenAPISchemaPlugin):
    """msgspec itself describes what msgspec encodes and decodes."""

    def __init__(self) -> None:
        self.met: set[type[msgspec.Struct]] = {CommandSent, Problem}

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        return not field_definition.is_union and field_definition.is_subclass_of(msgspec.Struct)

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: object) -> Schema:  # noqa: ARG002
        """Only a reference, which the framework wants to be inside of a schema."""
        self.met.add(field_definition.annotation)
        return Schema(all_of=[Reference(_SCHEMAS.format(name=field_definition.annotation.__name__))])


def _schemas(types: set[type[msgspec.Struct]]) -> Tree:
    told = [AnyIntent, *sorted(types, key=lambda each: each.__name__)]
    (intent, *_others), schemas = msgspec.json.schema_components(told, ref_template=_SCHEMAS)
    schemas["CommandSent"]["properties"]["intent"] = intent  # which travels as the bytes that were hashed
    for each in types:
        if issubclass(each, AccountRequest):
            schemas[each.__name__]["required"].remove("ask")  # the path says it already
    return schemas


def _who(app: Litestar, path: str, method: str) -> Who:
    for route in app.routes:
        if getattr(route, "path_format", "") == path:
            for handler in route.route_handlers:  # type: ignore[union-attr]
                if isinstance(handler, HTTPRouteHandler) and method in handler.http_methods:
                    return Who(handler.opt["who"])
    raise LookupError(path)


def _describe(operation: Tree, who: Who) -> None:
    operation["responses"].pop("400", None)  # what the framework would say; ours is a problem
    operation["responses"]["default"] = {
        "description": "An error",
        "content": {PROBLEM_TYPE: {"schema": {"$ref": _SCHEMAS.format(name="Problem")}}},
    }
    operation["x-who"] = who.value
    operation["security"] = [] if who is Who.PUBLIC else [{_TOKEN: []}]
