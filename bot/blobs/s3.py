"""Attachments in a bucket of an S3-compatible service."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.blobs.store import MissingBlobError, checked, is_key

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

_CONNECT_SECONDS = 5
_READ_SECONDS = 30


class S3Store:
    """Objects ``prefix/key``. Region, credentials and endpoint come from the AWS variables
    (``AWS_ACCESS_KEY_ID``, ``AWS_DEFAULT_REGION``, ``AWS_ENDPOINT_URL_S3`` …); the bucket must exist and
    keep its objects private. Failures of the service are raised as ``OSError`` without key or address.
    """

    def __init__(self, bucket: str, prefix: str = "", client: "S3Client | None" = None) -> None:
        if not bucket:
            raise ValueError("BOT_BLOB_URL: s3:// needs a bucket")
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._client = client or _client()

    def put(self, key: str, data: bytes) -> None:
        """See ``BlobStore``."""
        with _failures():
            self._client.put_object(Bucket=self._bucket, Key=self._name(key), Body=data)

    def get(self, key: str) -> bytes:
        """See ``BlobStore``."""
        with _failures():
            return self._client.get_object(Bucket=self._bucket, Key=self._name(key))["Body"].read()

    def delete(self, key: str) -> None:
        """See ``BlobStore``. Older versions stay if the bucket keeps versions: switch that off for it."""
        with _failures():
            self._client.delete_object(Bucket=self._bucket, Key=self._name(key))

    def older_than(self, moment: float) -> Iterator[str]:
        """See ``BlobStore``; objects of others under the prefix are left alone."""
        with _failures():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
                for item in page.get("Contents", ()):
                    key = item["Key"][len(self._prefix) :]
                    if item["LastModified"].timestamp() < moment and is_key(key):
                        yield key

    def _name(self, key: str) -> str:
        return self._prefix + checked(key)


class _failures:  # noqa: N801
    """Errors of the client library as those ``BlobStore`` promises."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        if isinstance(error, ClientError):
            code = error.response.get("Error", {}).get("Code", "")
            if code in ("NoSuchKey", "404"):
                raise MissingBlobError("no bytes under this key") from None
            raise OSError(f"the blob store answered {code}") from None
        if isinstance(error, BotoCoreError):
            raise OSError(f"the blob store failed: {type(error).__name__}") from None


def _client() -> "S3Client":
    import boto3
    from botocore.config import Config

    retries = Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"mode": "standard", "max_attempts": 3},
    )
    return boto3.client("s3", config=retries)
