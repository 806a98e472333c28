"""Forty secrets, each in a text of the form in which it travels: (text, secret)."""

from pathlib import Path

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5hIn0.c2lnbmF0dXJl"
RANDOM = "q7Rk2vXw9LmZ4bTn8cYs3dHf6gJp1aVe5uKo0iQx"
SECRETS = (
    ("password=hunter2x", "hunter2x"),
    ("password: 'two words'", "two words"),
    ('{"password": "with \\" quote"}', "quote"),
    ("Passwort: geheim-1", "geheim-1"),
    ("passwd=hunter3x rest", "hunter3x"),
    ("passphrase = correct-horse", "correct-horse"),
    ('{"token": "abc123"}', "abc123"),
    ('{"access_token": "atk-12345"}', "atk-12345"),
    ('{"refresh_token":"rtk-12345"}', "rtk-12345"),
    ("id_token=itk-12345", "itk-12345"),
    ("session_token: stk-12345", "stk-12345"),
    ("client_secret=csx-12345", "csx-12345"),
    ("secret: s3cr3t-x", "s3cr3t-x"),
    ("new_password=Neu-12345", "Neu-12345"),
    ("old-password=Alt-12345", "Alt-12345"),
    ("api_key=xyz-key-1", "xyz-key-1"),
    ("X-Api-Key: xyz-key-2", "xyz-key-2"),
    ("apikey=xyz-key-3", "xyz-key-3"),
    ("license key: LIC-4431-ABCD", "LIC-4431-ABCD"),
    ("Authorization: Bearer abcdefghijkl", "abcdefghijkl"),
    ("Authorization: Basic amFuYTpnZWhlaW0=", "amFuYTpnZWhlaW0"),
    ("sent bearer abcdefghijkm here", "abcdefghijkm"),
    ("{'authorization': 'Bearer abcdefghijkn'}", "abcdefghijkn"),
    ("cookie=session-of-mine; path=/", "session-of-mine"),
    ("Set-Cookie: sid=cookie-of-mine; HttpOnly", "cookie-of-mine"),
    ("https://jana:geheim-2@portal.example/x", "geheim-2"),
    ("postgresql://desk:geheim-3@db/desk", "geheim-3"),
    ("smtp://mailer:geheim-4@mail.example:587", "geheim-4"),
    ("https://portal.example/reset?code=4711-0815", "4711-0815"),
    ("https://portal.example/#access_token=frag-12345", "frag-12345"),
    ("http://127.0.0.1:9/back?state=st-1&code=co-12345", "co-12345"),
    ("supportdesk://account?code=mailed-12345", "mailed-12345"),
    ("key MED-4431-88AB-9911-C0DE copied", "88AB-9911"),
    (f"jwt {JWT}", "eyJzdWIiOiJqYW5hIn0"),
    ("from jana.wiebe@lindenplatz.example", "jana.wiebe"),
    ("sha 5f2a91bc77de00125f2a91bc77de00125f2a91bc77de0012", "5f2a91bc77de0012"),
    (f"opaque {RANDOM} end", RANDOM),
    ("AKIAIOSFODNN7EXAMPLE is the key id", "AKIAIOSFODNN7EXAMPLE"),
    ("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----", "MIIEvQIBADANBg"),
    ("smtp_password = mail-12345", "mail-12345"),
)


def kept(folder: Path) -> list[tuple[str, str]]:
    """(secret, file) of all that some file in or below the folder holds."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        (secret, str(path.relative_to(folder)))
        for path in files
        for content in [path.read_bytes()]
        for _text, secret in SECRETS
        if secret.encode() in content
    ]
