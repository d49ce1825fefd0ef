"""What installed packages hold that no function runs: tests, stubs, C sources, the AWS services that nobody calls."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

AWS_SERVICES = frozenset({"dynamodb", "events", "s3", "secretsmanager", "sns", "sqs", "ssm", "sts"})
"""Those that functions may ask; a client of any other cannot be made in AWS. (sts is asked for credentials.)"""

_SUFFIXES = frozenset({".pyi", ".c", ".cpp", ".h", ".hpp", ".pxd", ".pxi", ".pyx"})
_READ_AT_RUN_TIME = frozenset({"METADATA", "entry_points.txt"})
"""Of a package's metadata, what importlib.metadata tells a program: its version, and its plug-ins."""


def prune(packages: Path) -> None:
    """Remove it from a folder of installed packages; again is safe."""
    for path in _files(packages):
        if is_unneeded(PurePosixPath(path.relative_to(packages).as_posix())):
            path.unlink()
    for folder in sorted((path for path in packages.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def is_unneeded(path: PurePosixPath) -> bool:
    """Of a file, by its path in the folder of packages."""
    match path.parts:
        case ("bin", *_):
            return True
        case ("botocore" | "boto3", "data", service, _, *_):
            return service not in AWS_SERVICES or path.name.startswith("examples-")
        case (top, *_) if top.endswith(".data"):
            return True
        case (top, *_) if top.endswith(".dist-info"):
            return path.name not in _READ_AT_RUN_TIME
    return path.suffix in _SUFFIXES or "tests" in path.parts[:-1]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in list(folder.rglob("*")) if path.is_file() or path.is_symlink())
