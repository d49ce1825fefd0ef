import ast
from pathlib import Path, PurePosixPath

import pytest

from arxiv_daily_cli.packaging.unneeded import AWS_SERVICES, is_unneeded, prune

ROOT = Path(__file__).parents[4]


@pytest.mark.parametrize(
    "path",
    [
        "certifi/tests/test_certifi.py",
        "lxml/etree.pyi",
        "lxml/includes/libxml/tree.h",
        "anthropic-2.14.0.dist-info/RECORD",
        "pypdfium2-5.15.2.dist-info/licenses/LICENSES/BSD.txt",
        "jmespath-1.1.0.data/scripts/jp.py",
        "bin/httpx",
        "botocore/data/ec2/2016-11-15/service-2.json.gz",
        "botocore/data/dynamodb/2012-08-10/examples-1.json",
        "boto3/data/ec2/2016-11-15/resources-1.json",
    ],
)
def test_what_no_function_runs_is_left_out(path: str) -> None:
    assert is_unneeded(PurePosixPath(path))


@pytest.mark.parametrize(
    "path",
    [
        "jinja2/tests.py",
        "botocore/docs/docstring.py",
        "botocore/data/endpoints.json",
        "botocore/data/dynamodb/2012-08-10/service-2.json.gz",
        "boto3/data/dynamodb/2012-08-10/resources-1.json",
        "opentelemetry_api-1.45.2.dist-info/entry_points.txt",
        "arxiv-4.0.2.dist-info/METADATA",
        "lxml/etree.cpython-313-aarch64-linux-gnu.so",
        "tzdata/zoneinfo/Asia/Shanghai",
        "arxiv_daily/publishing/templates/post.md.j2",
    ],
)
def test_what_runs_or_is_read_at_run_time_stays(path: str) -> None:
    assert not is_unneeded(PurePosixPath(path))


def test_nothing_of_the_product_is_left_out() -> None:
    common = ROOT / "layers" / "common"
    files = [path.relative_to(common) for path in (common / "arxiv_daily").rglob("*") if path.is_file()]
    assert [path for path in files if is_unneeded(PurePosixPath(path.as_posix()))] == []


def test_a_pruned_folder_keeps_no_empty_folders(tmp_path: Path) -> None:
    for name in ("lxml/etree.py", "lxml/includes/extlibs/zlib.h", "certifi/tests/__init__.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    prune(tmp_path)
    prune(tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["lxml", "lxml/etree.py"]


def test_every_aws_service_that_the_code_asks_is_kept() -> None:
    asked = {service for folder in ("layers/common", "functions") for service in _asked(ROOT / folder)}
    assert {"dynamodb", "s3", "sqs"} <= asked
    assert asked <= AWS_SERVICES
    assert {"ssm", "secretsmanager"} <= AWS_SERVICES  # asked by Powertools, for the key


def _asked(folder: Path) -> set[str]:
    """The first argument of every call of client or resource; one that is no literal cannot be checked."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in {"client", "resource"}]
    return {ast.literal_eval(call.args[0]) for call in made}
