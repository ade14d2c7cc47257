"""The docs are true: commands exist, paths exist, the test command is the one CI runs."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from geo.cli import app

ROOT = Path(__file__).parents[1]
COMMANDS = get_command(app).commands


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_and_stands_in_the_readme(name):
    assert COMMANDS[name].help
    assert f"`geo {name}" in (ROOT / "README.md").read_text()


def test_every_command_of_the_readme_exists():
    named = set(re.findall(r"`geo ([a-z]+)", (ROOT / "README.md").read_text()))
    assert named == set(COMMANDS)


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_paths_in_the_docs_exist(page):
    text = (ROOT / page).read_text()
    paths = re.findall(r"`((?:geo|layers|seeds|tools|tests|benchmarks|docs)/[\w./-]*)`", text)
    paths += re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_ci_runs_the_test_command_of_the_readme():
    commands = re.findall(
        r"^python3 -m venv .*pytest$", (ROOT / "README.md").read_text(), re.MULTILINE
    )
    assert len(commands) == 1
    assert commands[0] in (ROOT / ".ci/run").read_text()
