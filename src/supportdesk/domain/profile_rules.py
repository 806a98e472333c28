"""The rules of a profile that no type can say.

They are told in English: the vendor's staff read them, not customers.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from supportdesk import resources
from supportdesk.domain import videos
from supportdesk.domain.address import is_this_computer
from supportdesk.domain.catalogue import Catalogue, FieldKind, FormField
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.logo_svg import logo_fault
from supportdesk.domain.profile import CHIP_LENGTH, LANGUAGES, MODULES, Profile

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class Broken(NamedTuple):
    key: str
    what: str


def broken_rule(profile: Profile) -> Broken | None:
    """The first rule that the profile breaks, or None."""
    return next(
        (
            broken
            for rules in (
                _basics,
                _logo,
                _languages,
                _modules,
                _links,
                _sign_in,
                _wording,
                _catalogue,
                _limits,
            )
            for broken in rules(profile)
        ),
        None,
    )


def _basics(profile: Profile) -> Iterator[Broken]:
    yield from _malformed_id("id", profile.id)
    for key in ("name", "short_name"):
        if not getattr(profile, key).strip():
            yield Broken(key, "must not be empty")
    if not _COLOUR.fullmatch(profile.brand_colour):
        yield Broken("brand_colour", "must be written like '#0C6B73'")
    if profile.backend.kind != "local" and not _is_safe(profile.backend.address):
        yield Broken("backend.address", f"backend '{profile.backend.kind}' needs an address with https")


def _is_safe(address: str) -> bool:
    """https, or a server on this computer, where there is nobody in between."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_computer(parts.hostname or ""))


def _logo(profile: Profile) -> Iterator[Broken]:
    logo = profile.logo
    if not _ID.fullmatch(logo.icon) or not resources.path("icons", f"{logo.icon}.svg").is_file():
        yield Broken("logo.icon", f"there is no icon '{logo.icon}' in the program")
    if logo.svg and (reason := logo_fault(logo.svg)):
        yield Broken("logo.svg", reason)


def _languages(profile: Profile) -> Iterator[Broken]:
    for index, language in enumerate(profile.languages):
        if language not in LANGUAGES:
            yield Broken(f"languages[{index}]", f"'{language}' is none of {', '.join(LANGUAGES)}")
    if profile.default_language not in profile.languages:
        yield Broken("default_language", "must be one of 'languages'")
    wanted = {profile.default_language, "en"}
    for key, text, required in _texts(profile):
        if (text or required) and not wanted & set(text.languages()):
            yield Broken(key, "needs a text in the default language or in English")


def _modules(profile: Profile) -> Iterator[Broken]:
    for index, module in enumerate(profile.modules):
        if module not in MODULES:
            yield Broken(f"modules[{index}]", f"'{module}' is none of {', '.join(MODULES)}")
    yield from _doubles("modules", profile.modules)
    for needed in ("report", "tickets", "settings"):
        if needed not in profile.modules:
            yield Broken("modules", f"'{needed}' is missing")


def _links(profile: Profile) -> Iterator[Broken]:
    for name in profile.links.__struct_fields__:
        for address in getattr(profile.links, name).texts():
            if name == "video_help" and videos.is_file(address):
                continue
            if not address.startswith("https://"):
                yield Broken(f"links.{name}", f"'{address}' is not an https address")


def _sign_in(profile: Profile) -> Iterator[Broken]:
    if profile.sign_in.report_without_sign_in and not profile.links.privacy:
        yield Broken("sign_in.report_without_sign_in", "needs 'links.privacy', which people consent to")


def _wording(profile: Profile) -> Iterator[Broken]:
    for module in profile.wording.tiles:
        if module not in MODULES:
            yield Broken(f"wording.tiles.{module}", f"is none of {', '.join(MODULES)}")
    for stage, words in profile.wording.status.items():
        for text in words.name.texts():
            if len(text) > CHIP_LENGTH:
                yield Broken(
                    f"wording.status.{stage}.name", f"'{text}' is longer than {CHIP_LENGTH} characters"
                )


def _limits(profile: Profile) -> Iterator[Broken]:
    for name in profile.limits.__struct_fields__:
        if getattr(profile.limits, name) < (name != "reopen_days"):
            yield Broken(f"limits.{name}", "must be greater than zero")


def _catalogue(profile: Profile) -> Iterator[Broken]:
    catalogue = profile.catalogue
    for kind in ("services", "types", "priorities"):
        if not getattr(catalogue, kind):
            yield Broken(f"catalogue.{kind}", "needs at least one entry")
    for kind, ids in _ids(catalogue):
        for identifier in ids:
            yield from _malformed_id(f"catalogue.{kind}", identifier)
        yield from _doubles(f"catalogue.{kind}", ids)
    yield from _presets(catalogue)
    yield from _levels(catalogue)
    for index, field in enumerate(catalogue.fields):
        yield from _field(f"catalogue.fields[{index}]", field, catalogue)
    yield from _desks_known(catalogue)


def _ids(catalogue: Catalogue) -> Iterator[tuple[str, list[str]]]:
    yield "desks", [desk.id for desk in catalogue.desks]
    yield "services", [each.id for top in catalogue.services for each in (top, *top.parts)]
    yield "types", [each.id for each in catalogue.types]
    yield "priorities", [each.id for each in catalogue.priorities]
    yield "fields", [each.id for each in catalogue.fields]
    yield "consents", [each.id for each in catalogue.consents]
    for kind in ("order_kinds", "order_faults", "order_conditions"):
        yield kind, [each.id for each in getattr(catalogue, kind)]


def _presets(catalogue: Catalogue) -> Iterator[Broken]:
    if sum(each.preset for each in catalogue.priorities) > 1:
        yield Broken("catalogue.priorities", "only one can be 'preset'")
    if len({each.rank for each in catalogue.priorities}) != len(catalogue.priorities):
        yield Broken("catalogue.priorities", "two have the same 'rank'")
    if sum(each.preset for each in catalogue.consents) > 1:
        yield Broken("catalogue.consents", "only one can be 'preset'")
    if sum(each.question for each in catalogue.types) > 1:
        yield Broken("catalogue.types", "only one can be 'question'")
    if catalogue.types and not catalogue.choosable_types():
        yield Broken("catalogue.types", "none can be chosen: all are 'until_chosen'")


def _levels(catalogue: Catalogue) -> Iterator[Broken]:
    for top, service in enumerate(catalogue.services):
        for index, part in enumerate(service.parts):
            if part.parts:
                yield Broken(f"catalogue.services[{top}].parts[{index}]", "a third level is not possible")


def _field(key: str, field: FormField, catalogue: Catalogue) -> Iterator[Broken]:
    if (field.kind is FieldKind.CHOICE) != bool(field.choices):
        yield Broken(
            f"{key}.choices", "belongs to kind 'choice' and to no other, and must not be empty there"
        )
    yield from _doubles(f"{key}.choices", [choice.id for choice in field.choices])
    known = dict(_ids(catalogue))
    for kind in ("services", "types", "desks"):
        for named in getattr(field, kind):
            if named not in known[kind]:
                yield Broken(f"{key}.{kind}", f"'{named}' is not in the catalogue")


def _desks_known(catalogue: Catalogue) -> Iterator[Broken]:
    desks = {desk.id for desk in catalogue.desks}
    for kind in ("services", "types"):
        for index, each in enumerate(getattr(catalogue, kind)):
            for unknown in set(each.desks) - desks:
                yield Broken(f"catalogue.{kind}[{index}].desks", f"'{unknown}' is not in the catalogue")


def _malformed_id(key: str, identifier: str) -> Iterator[Broken]:
    if not _ID.fullmatch(identifier):
        yield Broken(key, f"id '{identifier}' may have small letters, digits, '_' and '-', at most 40")


def _doubles(key: str, ids: Sequence[str]) -> Iterator[Broken]:
    for index, identifier in enumerate(ids):
        if identifier in ids[:index]:
            yield Broken(key, f"'{identifier}' is there twice")


def _texts(part: object, key: str = "", required: bool = False) -> Iterator[tuple[str, LocalText, bool]]:
    """Every text for customers in the profile, with its key and whether it must be given."""
    if isinstance(part, LocalText):
        yield key, part, required
    elif isinstance(part, msgspec.Struct):
        for field in _fields(type(part)):
            yield from _texts(getattr(part, field.name), f"{key}.{field.name}".lstrip("."), field.required)
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from _texts(value, f"{key}.{name}")
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            yield from _texts(value, f"{key}[{index}]")


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(kind)
