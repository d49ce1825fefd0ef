"""The step after `sam build`, over a small build that stands for the real one."""

import shutil
import sys
from importlib.util import cache_from_source
from pathlib import Path

import boto3
import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from arxiv_daily_cli.packaging import __main__ as step
from arxiv_daily_cli.packaging.runtime import PackageUnusable, check_clients

SITE_PACKAGES = Path(boto3.__file__).parents[1]
OF_THE_SDK = ["boto3", "botocore", "dateutil", "jmespath", "s3transfer", "six.py", "urllib3"]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SDK as it is installed here in a layer, and a function."""
    folder = tmp_path_factory.mktemp("build")
    packages = folder / "DependenciesLayer" / "python"
    packages.mkdir(parents=True)
    for name in OF_THE_SDK:
        source = SITE_PACKAGES / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, packages / name)
    (folder / "FetchFunction").mkdir()
    (folder / "FetchFunction" / "app.py").write_text("ANSWER = 42\n")
    return folder


def finished(build: Path) -> Result:
    app = Typer()
    app.command()(step.finish)
    return CliRunner().invoke(app, [str(build), "--python", sys.executable])


def test_what_is_left_of_the_sdk_makes_every_client_that_functions_need(build: Path) -> None:
    result = finished(build)
    assert result.exit_code == 0, result.output
    data = build / "DependenciesLayer" / "python" / "botocore" / "data"
    assert (data / "dynamodb").is_dir()
    assert not (data / "ec2").exists()
    assert "DependenciesLayer" in result.output


def test_bytecode_is_believed_whatever_the_times_of_the_files_are(build: Path) -> None:
    assert finished(build).exit_code == 0
    bytecode = Path(cache_from_source(str(build / "FetchFunction" / "app.py"))).read_bytes()
    assert int.from_bytes(bytecode[4:8], "little") == 0b01  # by hash, and not compared with the source (PEP 552)


def test_a_build_above_the_limit_fails_and_says_so(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step, "LIMIT", 1_000_000)
    result = finished(build)
    assert result.exit_code == 1
    assert "1,000,000 are allowed" in result.output


def test_an_sdk_without_a_service_that_is_needed_is_told(build: Path, tmp_path: Path) -> None:
    packages = shutil.copytree(build / "DependenciesLayer" / "python", tmp_path / "python")
    shutil.rmtree(packages / "botocore" / "data" / "sqs")
    with pytest.raises(PackageUnusable, match="sqs"):
        check_clients(packages, Path(sys.executable))
