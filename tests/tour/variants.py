"""The same walk in four appearances."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Variant:
    theme: Literal["light", "dark"]
    language: Literal["en", "de"]

    @property
    def name(self) -> str:
        """Also the folder of its pictures."""
        return f"{self.theme}-{self.language}"


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("light", "en"),
        Variant("dark", "en"),
        Variant("light", "de"),
        Variant("dark", "de"),
    )
}
