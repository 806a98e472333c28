"""What the three reading screens call things, in the language of the moment."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingWords:
    name: str
    """Of the screen; fixed in English."""
    search: str
    empty_title: str
    empty_text: str
    no_match: str
    """With {text} for what was searched."""
    failed: str
    choose: str
    gone: str
