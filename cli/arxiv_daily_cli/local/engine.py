"""The embedded AWS: one MiniStack process on 127.0.0.1."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import boto3
from botocore.config import Config

from arxiv_daily_cli.local import supervisor
from arxiv_daily_cli.local.environments import ROOT, engine_python
from arxiv_daily_cli.local.kept import forget_stream_positions

HOST = "127.0.0.1"
REGION = "us-east-1"
START_SECONDS = 30.0
_SERVICES = "services"
"""The folder of a state that holds everything but the bucket."""

MINISTACK = Path(__file__).with_name("ministack_at_once.py")

DIRECT = Config(proxies={})
"""For clients of the engine: a proxy could not reach it."""

_PASSED_ON = {
    *("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"),
}
"""What functions may see of the user's environment: no AWS_*, no key."""


class EngineError(RuntimeError):
    """The engine did not start; the message ends with the tail of its log, if it wrote one."""


class Engine:
    """A context manager: inside it the engine answers at `endpoint`; at its end the engine has stopped.

    With `state`, a folder, what it holds survives a clean stop and is there at the next start. Addresses of
    queues contain the port, so a state keeps its port. The log lies in build/ and stays there after an error.
    """

    def __init__(self, *, port: int | None = None, state: Path | None = None) -> None:
        self._state = state.absolute() if state else None
        self.port = _choose_port(port, self._state)
        self.log = ROOT / "build" / f"engine-{self.port}.log"
        self._session = boto3.Session("test", "test", region_name=REGION)

    @property
    def endpoint(self) -> str:
        return f"http://{HOST}:{self.port}"

    def session(self) -> boto3.Session:
        """Credentials and region of the engine's account; clients still need endpoint_url=engine.endpoint."""
        return self._session

    def __enter__(self) -> Self:
        """Raises EngineError, and InstallError when the engine's environment could not be made."""
        _require_free(self.port)
        if self._state:
            forget_stream_positions(self._state / _SERVICES)
        command = [sys.executable, "-I", supervisor.__file__, str(engine_python()), "-I", str(MINISTACK)]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                env=_environment(self.port, self._state),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the command, which then stops the engine
            )
        with ExitStack() as unless_healthy:
            unless_healthy.callback(self._stop)
            self._wait_until_healthy()
            unless_healthy.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        if error is None or not isinstance(error, Exception):
            self.log.unlink(missing_ok=True)

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not _is_healthy(self.port):
            if self._process.poll() is not None:
                raise EngineError(f"the local AWS ended at its start; {self._tail()}")
            if time.monotonic() > deadline:
                raise EngineError(f"the local AWS was not ready after {START_SECONDS:.0f} s; {self._tail()}")
            time.sleep(0.02)

    def _stop(self) -> None:
        """The end of its input is the supervisor's sign to stop the engine."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    def _tail(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-20:]
        return "\n".join([f"{self.log} ends with:", *lines])


def _environment(port: int, state: Path | None) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
    environment |= {"NO_PROXY": f"{HOST},localhost", "no_proxy": f"{HOST},localhost"}
    environment |= {"GATEWAY_PORT": str(port), "BIND_HOST": HOST, "MINISTACK_REGION": REGION}
    environment |= {"AUTH": "true", "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0"}
    if state:
        environment |= {"PERSIST_STATE": "1", "STATE_DIR": str(state / _SERVICES)}
        environment |= {"S3_PERSIST": "1", "S3_DATA_DIR": str(state / "s3")}
    return environment


def _choose_port(wanted: int | None, state: Path | None) -> int:
    """The wanted port, else the state's, else a free one; remembered in the state."""
    memory = state / "port" if state else None
    known = int(memory.read_text()) if memory and memory.exists() else None
    if wanted and known and wanted != known:
        raise EngineError(f"{state} was made on port {known} and works there only; leave the port out")
    port = wanted or known or _free_port()
    if memory:
        memory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        memory.write_text(str(port))
    return port


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])


def _require_free(port: int) -> None:
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        raise EngineError(f"port {port} of {HOST} cannot be used: {error.strerror}") from error


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/_ministack/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
