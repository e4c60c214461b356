"""What somebody is told whose port is taken, or whose folder can't be written in: one line, and nothing is begun."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.integration.cli_fixtures import run


@pytest.mark.parametrize("command", [("serve",), ("demo", "--no-browser")])
def test_a_port_that_is_taken_is_said_before_anything_is_loaded(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STORYBOOK_HOME", str(tmp_path / "home"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(*command, "--port", port)
    what = f"port {port} at 127.0.0.1 can't be used: Address already in use"
    instead = "stop what runs there, or choose another with --port"
    assert (done.code, done.err) == (1, f"{what}; {instead}\n")
    assert not (tmp_path / "home").exists()


def test_a_home_that_is_no_folder_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    home = tmp_path / "file" / "home"
    monkeypatch.setenv("STORYBOOK_HOME", str(home))
    done = run("demo", "--seed-only")
    assert (done.code, done.err) == (
        1,
        f'the folder "{home}" can\'t be used: Not a directory; set STORYBOOK_HOME to a folder that you may write in\n',
    )
