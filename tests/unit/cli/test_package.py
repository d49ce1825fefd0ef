import io
import zipfile
from pathlib import Path

import pytest

from arxiv_daily_cli.local import package as packaging
from arxiv_daily_cli.local.package import package, zipped
from arxiv_daily_cli.local.stack import TEMPLATE


class Bucket:
    """Keeps what is uploaded, by its address."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}

    def upload(self, key: str, body: bytes) -> str:
        self.bodies[f"s3://bucket/{key}"] = body
        return f"s3://bucket/{key}"

    def names(self) -> list[list[str]]:
        return [zipfile.ZipFile(io.BytesIO(body)).namelist() for body in self.bodies.values()]


@pytest.fixture
def bucket() -> Bucket:
    return Bucket()


@pytest.fixture
def packaged(bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(packaging, "local_dependencies", lambda: tmp_path)
    return package(TEMPLATE, bucket.upload)


def test_nothing_of_the_template_changes_but_the_addresses_of_code(packaged: str) -> None:
    lines = zip(TEMPLATE.read_text(encoding="utf-8").splitlines(), packaged.splitlines(), strict=True)
    changed = [(old.split(": "), new.split(": ")) for old, new in lines if old != new]
    assert len(changed) == 7  # five functions, two layers
    for old, new in changed:
        assert old[0] == new[0]
        assert old[0].strip() in {"CodeUri", "ContentUri"}
        assert new[1].startswith("s3://bucket/")


def test_functions_are_packed_bare_and_the_products_layer_below_python(packaged: str, bucket: Bucket) -> None:
    names = bucket.names()
    assert names.count(["app.py"]) == 5
    (product,) = [found for found in names if "python/arxiv_daily/models.py" in found]
    assert "python/arxiv_daily/publishing/templates/post.md.j2" in product
    assert not [name for name in product if "__pycache__" in name or "egg-info" in name]


def test_the_same_files_always_make_the_same_zip() -> None:
    assert zipped({"a": b"1", "b": b"2"}) == zipped({"b": b"2", "a": b"1"})
    assert zipped({"a": b"1"}) != zipped({"a": b"2"})
