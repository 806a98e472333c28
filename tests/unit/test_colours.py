"""The accent rule and the contrast of every pair that carries text or draws a control."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportdesk import resources
from supportdesk.app.colours import accent_roles, contrast, mix, oklch

TOKENS: dict[str, Any] = json.loads(resources.text("themes", "tokens.json"))
PROFILES = sorted(TOKENS["profiles"])
THEMES = ("light", "dark")


def roles_of(profile: str, theme: str) -> dict[str, str]:
    base = TOKENS["color"][theme]
    brand = TOKENS["profiles"][profile]["brand"]
    return {**base, **accent_roles(brand, base, dark=theme == "dark")}


def unreadable(roles: dict[str, str], pairs: list[list[Any]]) -> list[str]:
    return [
        f"{front} on {back}: {contrast(roles[front], roles[back]):.2f} < {least}"
        for front, back, least in pairs
        if contrast(roles[front], roles[back]) < least
    ]


@pytest.mark.parametrize("theme", ["light", "dark", "highContrast"])
def test_base_pairs_are_readable(theme: str) -> None:
    """Every pair the tokens list for a theme reaches its ratio, computed here."""
    assert unreadable(TOKENS["color"][theme], TOKENS["contrast"][theme]) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("profile", PROFILES)
def test_profile_pairs_are_readable(profile: str, theme: str) -> None:
    """Every reference profile's accent keeps all pairs of its theme readable."""
    roles = roles_of(profile, theme)
    pairs = TOKENS["contrast"]["profiles"][theme] + TOKENS["contrast"][theme]
    assert unreadable(roles, pairs) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("profile", PROFILES)
def test_rule_gives_the_designed_roles(profile: str, theme: str) -> None:
    """From the brand colour alone the rule arrives at the nine roles that were designed."""
    base = TOKENS["color"][theme]
    entry = TOKENS["profiles"][profile]
    assert accent_roles(entry["brand"], base, dark=theme == "dark") == entry[theme]


def test_document_pairs_are_readable() -> None:
    """A document's fields are readable on paper, whatever the theme."""
    paper = {**TOKENS["document"], "paper": TOKENS["color"]["dark"]["paper"]}
    assert unreadable(paper, TOKENS["contrast"]["document"]) == []


@given(st.integers(0, 0xFFFFFF))
def test_any_brand_becomes_readable(number: int) -> None:
    """White, black, neon: whatever a vendor chooses, text on it and text in it are readable."""
    brand = f"#{number:06X}"
    for theme in THEMES:
        base = TOKENS["color"][theme]
        roles = {**base, **accent_roles(brand, base, dark=theme == "dark")}
        wanted: list[list[Any]] = [
            *(["onAccent", fill, 4.5] for fill in ("accent", "accentHover", "accentPressed")),
            *(["accentText", ground, 4.5] for ground in ("canvas", "surface", "raised")),
            *(["focus", ground, 3] for ground in ("canvas", "surface", "raised")),
            ["accentText", "control", 3],
        ]
        assert unreadable(roles, wanted) == [], brand


def test_contrast_matches_the_standard() -> None:
    """Black on white is 21:1, a colour on itself 1:1, and the order does not matter."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#7BC6CE", "#7BC6CE") == 1
    assert contrast("#0C6B73", "#FFFFFF") == contrast("#FFFFFF", "#0C6B73")


@given(st.integers(0, 0xFFFFFF))
def test_oklch_round_trip(number: int) -> None:
    """A colour of the screen survives the way to OKLCH and back."""
    colour = f"#{number:06X}"
    there_and_back = oklch(colour).hex()
    assert all(abs(a - b) <= 1 for a, b in zip(_channels(colour), _channels(there_and_back), strict=True))


def test_mix_is_a_translucent_layer() -> None:
    """Nothing of the ink is the ground, all of it the ink, half of it the middle."""
    assert [mix("#000000", "#FFFFFF", share) for share in (0, 0.5, 1)] == ["#000000", "#808080", "#FFFFFF"]


@pytest.mark.parametrize("wrong", ["", "red", "#FFF", "#12345G", "#12345678"])
def test_only_six_digits_are_a_colour(wrong: str) -> None:
    """A profile's typing error is a ValueError, not a strange accent."""
    with pytest.raises(ValueError, match="#RRGGBB"):
        accent_roles(wrong, TOKENS["color"]["light"], dark=False)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
