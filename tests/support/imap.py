"""As much of an IMAP server as fetching mails needs, on this machine's loopback."""

import asyncio
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.listener import listening_beside, talking


class Mailbox:
    """Mails by uid; `seen` and `flagged` are those that somebody has marked; `refused` are not handed out."""

    def __init__(self, user: str, password: str) -> None:
        self.login = f'{user} "{password}"'
        self.mails: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.flagged: set[int] = set()
        self.refused: set[int] = set()
        self.cut_after_fetch = False
        """The connection is lost before a mail can be marked."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        while line := await reader.readline():
            tag, _blank, command = line.decode().strip().partition(" ")
            if not self._answer(tag, command, writer):
                break
            await writer.drain()
        writer.close()

    def _answer(self, tag: str, command: str, writer: asyncio.StreamWriter) -> bool:
        word = command.upper()
        done = f"{tag} OK done\r\n".encode()
        if word.startswith("CAPABILITY"):
            writer.write(b"* CAPABILITY IMAP4rev1\r\n" + done)
        elif word.startswith("LOGIN"):
            right = command[6:] == self.login
            writer.write(done if right else f"{tag} NO wrong\r\n".encode())
        elif word == "UID SEARCH UNSEEN UNFLAGGED":
            uids = " ".join(str(uid) for uid in self.mails if uid not in self.seen | self.flagged)
            writer.write(f"* SEARCH {uids}\r\n".encode() + done)
        elif (fetch := re.match(r"UID FETCH (\d+)", word)) and int(fetch[1]) in self.refused:
            writer.write(f"{tag} NO [UNAVAILABLE] try later\r\n".encode())
        elif fetch:
            content = self.mails[int(fetch[1])]
            writer.write(f"* 1 FETCH (UID {fetch[1]} BODY[]<0> {{{len(content)}}}\r\n".encode())
            writer.write(content + b")\r\n" + done)
            return not self.cut_after_fetch
        elif store := re.match(r"UID STORE (\d+) \+FLAGS \(\\(SEEN|FLAGGED)\)", word):
            (self.seen if store[2] == "SEEN" else self.flagged).add(int(store[1]))
            writer.write(done)
        else:
            writer.write(done)
        return not word.startswith("LOGOUT")


@contextmanager
def imap_server(mailbox: Mailbox, tls: ssl.SSLContext) -> Iterator[int]:
    """Its port."""
    with listening_beside("imap", talking(mailbox.serve), tls) as port:
        yield port
