from pathlib import Path

import pytest

from arxiv_daily_cli.packaging.sizes import report, weighed


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    folder = tmp_path / "DependenciesLayer"
    for name, size in {
        "python/lxml/etree.so": 3_000_000,
        "python/lxml/html.py": 500_000,
        "python/six.py": 30_000,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x" * size)
    return folder


def test_a_layer_is_weighed_by_the_package_under_python(layer: Path) -> None:
    assert weighed(layer).packages == {"lxml": 3_500_000, "six.py": 30_000}


def test_a_function_is_weighed_by_its_files(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_bytes(b"x" * 7)
    assert weighed(tmp_path).packages == {"app.py": 7}


def test_the_report_names_the_largest_packages_and_the_sum(layer: Path) -> None:
    lines = [line.split(maxsplit=2) for line in report([weighed(layer)], largest=1).splitlines()]
    assert lines == [
        ["3.53", "MB", "DependenciesLayer"],
        ["3.50", "MB", "lxml"],
        ["3.53", "MB", "together, unzipped; at most 100.00 MB"],
    ]
