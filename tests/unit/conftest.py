"""Unit tests reach no network: a socket opened in one is an error."""

from collections.abc import Iterator

import pytest
from pytest_socket import disable_socket, enable_socket


@pytest.fixture(autouse=True)
def no_sockets() -> Iterator[None]:
    disable_socket(allow_unix_socket=True)  # the way to the process that reads files
    yield
    enable_socket()
