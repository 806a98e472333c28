"""What a field of a form says about itself with bits."""

from enum import IntFlag


class Flag(IntFlag):
    """Field flags of ISO 32000; bit n of the standard is 1 << (n - 1)."""

    READ_ONLY = 1 << 0
    REQUIRED = 1 << 1
    MULTILINE = 1 << 12
    RADIO = 1 << 15
    PUSH_BUTTON = 1 << 16
    COMBO = 1 << 17
    FILE_SELECT = 1 << 20
    COMB = 1 << 24
