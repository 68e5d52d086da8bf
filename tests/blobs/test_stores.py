"""Attachments survive in whatever store is chosen, and nobody reaches past it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from bot.blobs.folder import FolderStore
from bot.blobs.s3 import S3Store
from bot.blobs.store import BlobStore, MissingBlobError, open_store
from bot.settings import Settings

KEY, OTHER = "ab" + "0" * 30, "cd" + "1" * 30
FAR = 4e9


@pytest.fixture(params=["folder", "s3"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[BlobStore]:
    if request.param == "folder":
        yield FolderStore(tmp_path / "blobs")
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SECURITY_TOKEN", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="tep")
        boto3.client("s3").put_object(Bucket="tep", Key="tro-ly/cua-nguoi-khac", Body=b"x")
        yield open_store(Settings(blob_url="s3://tep/tro-ly/"))


def test_bytes_come_back_and_go_for_good(store: BlobStore):
    store.put(KEY, b"one")
    store.put(KEY, b"two \x00")
    assert store.get(KEY) == b"two \x00"
    store.delete(KEY)
    store.delete(KEY)
    with pytest.raises(MissingBlobError):
        store.get(KEY)


def test_old_keys_are_found_for_the_sweep(store: BlobStore):
    store.put(KEY, b"a")
    store.put(OTHER, b"b")
    assert sorted(store.older_than(FAR)) == [KEY, OTHER]
    assert list(store.older_than(1.0)) == []


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "/etc/passwd", "ab/cd0000000", "AB000000000", "", "a" * 65]
)
def test_no_key_leads_out_of_the_store(store: BlobStore, key: str):
    for reach in (store.get, store.delete, lambda key: store.put(key, b"")):
        with pytest.raises(ValueError, match="not a key") as caught:
            reach(key)
        assert key not in str(caught.value) or not key


def test_the_folder_is_readable_by_its_owner_alone(tmp_path: Path):
    old = os.umask(0)
    try:
        FolderStore(tmp_path / "blobs").put(KEY, b"a")
    finally:
        os.umask(old)
    path = tmp_path / "blobs" / KEY[:2] / KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


def test_a_crash_while_writing_leaves_the_old_bytes_and_its_rest_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    store = FolderStore(tmp_path)
    store.put(KEY, b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *paths: (_ for _ in ()).throw(OSError("no space")))
        with pytest.raises(OSError, match="no space"):
            store.put(KEY, b"new")
    (tmp_path / KEY[:2] / "0.part").write_bytes(b"half")
    (tmp_path / KEY[:2] / ".DS_Store").mkdir()
    assert store.get(KEY) == b"old" and list(store.older_than(FAR)) == [KEY]
    assert sorted(path.name for path in (tmp_path / KEY[:2]).iterdir()) == [".DS_Store", KEY]


def test_the_setting_chooses_the_store(tmp_path: Path):
    for url in ("", str(tmp_path / "elsewhere"), f"file://{tmp_path / 'elsewhere'}"):
        chosen = open_store(Settings(var_dir=tmp_path, blob_url=url))
        chosen.put(KEY, b"a")
        assert isinstance(chosen, FolderStore)
    assert (tmp_path / "blobs").is_dir() and (tmp_path / "elsewhere").is_dir()
    for wrong in ("ftp://host/x", "s3:///prefix"):
        with pytest.raises(ValueError, match="BOT_BLOB_URL"):
            open_store(Settings(blob_url=wrong))


@mock_aws
def test_a_missing_bucket_is_an_error_without_its_name(monkeypatch: pytest.MonkeyPatch):
    """A log line must not tell where citizens' files are."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with pytest.raises(OSError, match="NoSuchBucket") as caught:
        S3Store("khong-co").put(KEY, b"a")
    assert "khong-co" not in str(caught.value)
