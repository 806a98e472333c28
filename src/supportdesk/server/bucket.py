"""A bucket of an S3-compatible store as the place of whole contents: `<prefix>/ab/<sha256>`.

What is put there is sent with its SHA-256, signed, so that the store itself refuses what was changed on its
way.
"""

import base64
import hashlib
import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError, NoCredentialsError

from supportdesk.desk.store.contents import checked
from supportdesk.domain.commands import is_content_hash
from supportdesk.domain.errors import BackendError, InvalidInput, NotFound, SupportDeskError
from supportdesk.i18n import _
from supportdesk.server.s3 import S3

_THREADS = 16
_BLOCK_BYTES = 1024 * 1024
_MISSING = frozenset({"404", "NoSuchKey"})
_NO_BUCKET = "NoSuchBucket"
_DENIED = frozenset({"403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"})
_BEYOND_THE_END = frozenset({"416", "InvalidRange"})
_PARTIAL_CONTENT = 206

log = logging.getLogger(__name__)
logging.getLogger("botocore").setLevel(logging.WARNING)  # below, it tells what it signs


class Bucket:
    at_once = _THREADS
    backed_up_elsewhere = True

    def __init__(self, told: S3, folder: str, *, timeout_s: float = 20.0) -> None:
        """`folder` is the vendor's own below the prefix. Nothing is asked yet.

        Whoever waits `timeout_s` in vain for an answer is told to come again.
        """
        self._bucket = told.bucket
        self._endpoint = told.endpoint
        self._prefix = "/".join(part for part in (told.prefix.strip("/"), folder) if part) + "/"
        self._client: Any = botocore.session.get_session().create_client(
            "s3",
            endpoint_url=told.endpoint,
            region_name=told.region,
            aws_access_key_id=told.access_key or None,
            aws_secret_access_key=told.secret_key or None,
            config=Config(
                connect_timeout=min(5.0, timeout_s),
                read_timeout=timeout_s,
                retries={"mode": "standard", "total_max_attempts": 2},
                max_pool_connections=_THREADS,
                signature_version="s3v4",
                s3={"addressing_style": "path", "payload_signing_enabled": True},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def check(self) -> None:
        """By a list of nothing much: it is answered with what is wrong, which HEAD is not."""
        try:
            self._client.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix, MaxKeys=1)
        except (BotoCoreError, ClientError) as error:
            raise self._trouble(error) from error

    def take(self, path: Path, sha256: str) -> None:
        """The file stays where it is."""
        with path.open("rb") as stream, self._errors():
            checksum = base64.b64encode(bytes.fromhex(sha256)).decode()
            self._client.put_object(**self._object(sha256), Body=stream, ChecksumSHA256=checksum)

    def has(self, sha256: str) -> bool:
        return self._head(sha256) is not None

    def read(self, sha256: str, offset: int, size_bytes: int) -> bytes:
        wanted = f"bytes={offset}-{offset + size_bytes - 1}"
        with self._errors():
            try:
                answer = self._client.get_object(**self._object(sha256), Range=wanted)
            except ClientError as error:
                if _code(error) in _BEYOND_THE_END:
                    return b""
                raise
            with closing(answer["Body"]) as body:
                if not _is_part(answer, size_bytes):
                    log.warning("the store of files answers something else than a part of a file")
                    raise _not_now()
                return bytes(body.read())

    def whole_bytes(self, sha256: str) -> int | None:
        digest, size_bytes = hashlib.sha256(), 0
        try:
            with self._errors(), closing(self._client.get_object(**self._object(sha256))["Body"]) as body:
                while block := body.read(_BLOCK_BYTES):
                    digest.update(block)
                    size_bytes += len(block)
        except NotFound:
            return None
        return size_bytes if digest.hexdigest() == sha256 else None

    def untouched(self, since: datetime) -> list[str]:
        with self._errors():
            pages = self._client.get_paginator("list_objects_v2")
            found = [
                (each["Key"].removeprefix(self._prefix), each["LastModified"])
                for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix)
                for each in page.get("Contents", ())
            ]
        return [key[3:] for key, touched in found if touched < since and _is_content(key)]

    def discard(self, sha256: str, untouched_since: datetime) -> bool:
        """Between the look and the removal nothing is brought again: see `conversations.uploads.discard`."""
        head = self._head(sha256)
        if head is None or head["LastModified"] >= untouched_since:
            return False
        with self._errors():
            self._client.delete_object(**self._object(sha256))
        return True

    def _head(self, sha256: str) -> dict[str, Any] | None:
        try:
            with self._errors():
                head: dict[str, Any] = self._client.head_object(
                    **self._object(sha256), ChecksumMode="ENABLED"
                )
                return head
        except NotFound:
            return None

    def _object(self, sha256: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": f"{self._prefix}{checked(sha256)[:2]}/{sha256}"}

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """What is wrong stands in the log; customers come again later."""
        try:
            yield
        except (BotoCoreError, ClientError) as error:
            if isinstance(error, ClientError) and _code(error) in _MISSING:
                raise NotFound from error
            log.warning("the store of files fails: %s", self._trouble(error))
            raise _not_now() from error

    def _trouble(self, error: Exception) -> SupportDeskError:
        """For whoever looks after the server."""
        if not isinstance(error, ClientError):
            if isinstance(error, NoCredentialsError):
                text = _("There is no access key for the store of files: none here, none of AWS’s own.")
                return InvalidInput(text, field="s3.access_key")
            if isinstance(error, EndpointConnectionError):
                text = _("Nobody answers at the store of files {endpoint}.")
                return BackendError(text.format(endpoint=self._endpoint))
            text = _("The store of files {endpoint} cannot be reached: {what}")
            return BackendError(text.format(endpoint=self._endpoint, what=type(error).__name__))
        code = _code(error)
        if code == _NO_BUCKET:
            text = _("There is no bucket called {name}.")
            return InvalidInput(text.format(name=self._bucket), field="s3.bucket")
        if code in _DENIED:
            text = _("The store of files denies the access to the bucket {name}: {what}")
            return InvalidInput(text.format(name=self._bucket, what=code), field="s3.access_key")
        return BackendError(_("The store of files answers: {what}").format(what=code))


def _not_now() -> BackendError:
    return BackendError(
        _("Files cannot be stored or fetched at the moment."), next_step=_("Try again later.")
    )


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _is_part(answer: dict[str, Any], size_bytes: int) -> bool:
    """Up to `size_bytes`; of an empty content all of it."""
    told_bytes = int(answer["ContentLength"])
    status = answer["ResponseMetadata"]["HTTPStatusCode"]
    return told_bytes <= size_bytes if status == _PARTIAL_CONTENT else told_bytes == 0


def _is_content(key: str) -> bool:
    """Below the prefix."""
    return is_content_hash(key[3:]) and key[:3] == f"{key[3:5]}/"
