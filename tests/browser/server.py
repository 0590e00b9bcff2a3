"""The app as people start it: a Streamlit process of its own on a free port, with a store of the test's."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """Where a started app answers, and the file its log goes to."""

    base: str
    log: Path

    def trouble(self) -> list[str]:
        """Lines of the log that tell of an error nobody meant."""
        return [line for line in self.log.read_text("utf-8").splitlines() if line.startswith("Traceback")]


@contextmanager
def serve(store: Path, log: Path) -> Iterator[Server]:
    """Start the app on a store, wait until it is well, and stop it in the end."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true"]
    environment = {**os.environ, "NUANXIN_STORE": str(store), "PYTHONUTF8": "1"}
    with (
        log.open("w", encoding="utf-8") as out,
        subprocess.Popen(
            [*command, "--server.port", str(port)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            _await(f"http://{HOST}:{port}/_stcore/health", process, log)
            yield Server(f"http://{HOST}:{port}", log)
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the app did not start; its log:\n{log.read_text('utf-8')}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
