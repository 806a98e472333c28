"""The page for vendors is true: its example works, and it knows every key."""

import re
from pathlib import Path

import msgspec

from supportdesk.desk.demo.content import load_demo_content
from supportdesk.domain import catalogue, profile
from supportdesk.domain.demo import DEMO_PASSWORD
from supportdesk.domain.demo_names import DEMO_NAMES
from supportdesk.domain.localtext import LocalText
from supportdesk.domain.profile_files import parse

PAGE = (Path(__file__).parents[2] / "docs" / "profile.md").read_text(encoding="utf-8")


def structs() -> list[type[msgspec.Struct]]:
    return [
        each
        for module in (profile, catalogue)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, msgspec.Struct) and each is not LocalText
    ]


def test_the_example_is_a_valid_profile() -> None:
    """The profile printed on the page loads as it stands."""
    example = re.search(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert example is not None
    assert parse(example[1], "acme.toml").name == "Acme Software"


def test_every_key_is_explained() -> None:
    """Each key that a profile may hold stands on the page in code type."""
    explained = set(re.findall(r"[`.]\[*([a-z_]+)", PAGE))
    written = {name for struct in structs() for name in struct.__struct_fields__}
    # Sections that stand for a whole table are named by their heading.
    assert written - explained - {"tiles", "status"} == set()


def test_every_module_and_kind_is_named() -> None:
    """All tiles and all kinds of fields are listed."""
    for name in (*profile.MODULES, *catalogue.FieldKind):
        assert f"`{name}`" in PAGE, name


def test_the_demo_people_are_those_who_sign_in() -> None:
    """Addresses and password on the page are the ones of the demos."""
    assert f"`{DEMO_PASSWORD}`" in PAGE
    for name in DEMO_NAMES:
        assert f"| `{name}` | {load_demo_content(name).demo_customer().email} |" in PAGE
