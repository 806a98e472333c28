"""PDFs: what they ask, filling them in, sealing them, and what a seal proves. Extra `sign`.

`apart` is the way in for files of other people: there a process of its own, with limits on memory and time,
does what `reading`, `filling` and `checking` say. `sealing` and `identity` work on our own files and keys, in
place; `composing` makes documents with forms; `pages` makes pictures of pages, only of files that `apart` has
read before.

Scripts, actions, links and embedded files of a PDF are never carried out, opened or passed on: what leaves
this room is written anew from pages, fonts and pictures.
"""

import importlib.util


def is_available() -> bool:
    """Whether the libraries of the extra `sign` are installed."""
    return all(importlib.util.find_spec(name) for name in ("pypdf", "pyhanko", "pypdfium2"))
