"""Whether Esc is held down on an X11 display, whoever has the keyboard."""

from supportdesk.ui.studio.x11_windows import connect

_ESCAPE_KEYSYM = 0xFF1B


class X11Escape:
    """Raises OSError when the display cannot be reached or its keyboard has no Esc."""

    def __init__(self) -> None:
        self._connection = connect()
        self._keycode = self._find()

    def is_down(self) -> bool:
        """32 bytes hold a bit for each key code."""
        keys = self._connection.core.QueryKeymap().reply().keys
        return bool(keys[self._keycode // 8] & 1 << self._keycode % 8)

    def _find(self) -> int:
        setup = self._connection.get_setup()
        first, count = setup.min_keycode, setup.max_keycode - setup.min_keycode + 1
        known = self._connection.core.GetKeyboardMapping(first, count).reply()
        keysyms = list(known.keysyms)
        if _ESCAPE_KEYSYM not in keysyms:
            message = "this keyboard has no Esc"
            raise OSError(message)
        place: int = keysyms.index(_ESCAPE_KEYSYM) // known.keysyms_per_keycode
        return int(first) + place
