"""Short numbers for words that indexes would otherwise repeat in full."""

import sqlite3


class Words:
    """Numbers of words as far as this process met them; write lane only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        known = self._numbers.get(word)
        if known is None:
            self._db.execute("INSERT OR IGNORE INTO word (text) VALUES (?)", (word,))
            known = int(self._db.execute("SELECT num FROM word WHERE text = ?", (word,)).fetchone()[0])
            self._numbers[word] = known
        return known

    def forget(self) -> None:
        """After a rollback, which may have taken words with it."""
        self._numbers.clear()
