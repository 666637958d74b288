"""The wheel: built without a network, looked into, installed from a folder; and what pages and messages advise."""

from __future__ import annotations

import email
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from zipfile import ZipFile

import pytest

from allocator.ground import TEXTS
from tests.conformance import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME = PROJECT["name"]
BARE = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON"))}
INSTALL = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
LEFT_OUT = shutil.ignore_patterns(".*", "out", "build", "*.egg-info", "__pycache__", "tests", "benchmarks", "*.sqlite")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the wheel is made of, so that nothing is built in the repository."""
    folder = tmp_path_factory.mktemp("source") / "repository"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT, symlinks=True)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed here."""
    if int(version("setuptools").partition(".")[0]) < 77:
        pytest.skip("needs the setuptools of the extra dev")
    wheels = tmp_path_factory.mktemp("wheels")
    pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", wheels, source)
    (made,) = wheels.iterdir()
    return made


def pip(*words: object) -> None:
    """Call pip, which must succeed."""
    called = [sys.executable, "-m", "pip", "-q", *map(str, words)]
    done = subprocess.run(called, capture_output=True, text=True, env=BARE, check=False)
    assert done.returncode == 0, done.stderr


def of_repository() -> Iterator[str]:
    """What of the repository must be in the wheel, by its place there."""
    for root, folder, endings in (
        ("allocator", ROOT / "allocator", {".py", ".typed", ".html", ".css", ".js"}),
        ("allocator/models", ROOT / "models", {".py"}),
        ("allocator/scenarios", ROOT / "scenarios", {".py", ".yaml", ".csv", ".txt", ".md"}),
    ):  # fmt: skip
        for path in folder.rglob("*"):
            below = path.relative_to(folder)
            linked = root == "allocator" and below.parts[0] in ("models", "scenarios")
            if path.is_file() and (path.suffix in endings or path.name == "py.typed") and not linked:
                yield f"{root}/{below.as_posix()}"


def test_the_wheel_holds_the_whole_program_and_nothing_else(wheel: Path) -> None:
    """Every module and every file of the shipped districts; no test, no benchmark; it serves every system."""
    assert wheel.name.endswith("-py3-none-any.whl")
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {name for name in names if name.startswith("allocator/")}
    expected = {name for name in of_repository() if "/out/" not in name}
    assert inside == expected
    assert {name.partition("/")[0] for name in names - inside} == {f"{wheel.name.partition('-py3')[0]}.dist-info"}


def test_the_wheel_says_what_the_project_says(wheel: Path) -> None:
    """Licence, classifiers, a description without links that lead nowhere, and no address that nobody has."""
    with ZipFile(wheel) as archive:
        folder = f"{wheel.name.partition('-py3')[0]}.dist-info"
        told = email.message_from_bytes(archive.read(f"{folder}/METADATA"))
        entry = archive.read(f"{folder}/entry_points.txt").decode()
        assert archive.read(f"{folder}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert (told["Name"], told["License-Expression"]) == (NAME, "Apache-2.0")
    assert told.get_all("Classifier") == PROJECT["classifiers"]
    assert told["Description-Content-Type"] == "text/markdown"
    assert "allocator = allocator.cli:main" in entry
    description = str(told.get_payload())
    assert re.findall(r"\]\(|https?://", description) == []
    for page in re.findall(r"`((?:docs/|README)[^`]*\.md)`", description):
        assert (ROOT / page).is_file(), page
    assert told.get_all("Project-URL", []) == [f"{name}, {url}" for name, url in PROJECT.get("urls", {}).items()]
    assert not any(re.search(r"example|localhost", url) for url in PROJECT.get("urls", {}).values())


def test_the_wheel_is_installed_from_a_folder_alone(wheel: Path, tmp_path: Path) -> None:
    """By the command of the page but for the libraries, which are here: the program runs from where it was put."""
    place = tmp_path / "installed"
    pip("install", "--no-index", "--no-deps", "--find-links", wheel.parent, "--target", place, NAME)
    variables = {**BARE, "PYTHONPATH": str(place), "ALLOCATOR_LANG": "en"}
    for words in (["new", "mine"], ["check", "mine"], ["explain", "--help"]):
        called = [sys.executable, "-P", "-m", "allocator", *words]
        done = subprocess.run(called, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    code = "import allocator, allocator.models; print(allocator.__file__, allocator.models.__file__, allocator.solve)"
    told = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=variables, capture_output=True, text=True, check=True
    )
    assert told.stdout.count(str(place)) == 2


@pytest.mark.long
def test_the_page_installs_without_a_network(source: Path, tmp_path: Path) -> None:
    """Its own lines: wheels made in the repository, carried over, installed where pip may look nowhere else."""
    making, installing = re.findall(r"^```sh\n(.*?)^```", INSTALL, re.MULTILINE | re.DOTALL)
    here = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    made = subprocess.run(["bash", "-ec", making], cwd=source, env=here, capture_output=True, text=True, check=False)
    if "No matching distribution" in made.stderr or "Connection" in made.stderr:
        pytest.skip(f"the libraries cannot be had here: {made.stderr[-300:]}")
    assert made.returncode == 0, made.stderr
    shutil.move(source / "wheels", tmp_path / "wheels")
    unreachable = {**BARE, "PIP_CONFIG_FILE": os.devnull, "https_proxy": "http://127.0.0.1:9", "HOME": str(tmp_path)}
    done = subprocess.run(
        ["bash", "-ec", installing], cwd=tmp_path, env=unreachable, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "my-district" / "policy.yaml").is_file()


def test_both_languages_give_the_same_commands() -> None:
    """On the pages of installation."""
    chinese = (ROOT / "docs" / "zh" / "install.md").read_text(encoding="utf-8")
    blocks = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
    assert blocks.findall(chinese) == blocks.findall(INSTALL)


def test_nothing_advises_to_install_a_name_that_is_not_published() -> None:
    """A package of this name in an index would be somebody else's: pip is always given a folder (docs/install.md)."""
    advice = re.compile(rf"pip[\w .\\/-]*(?:install|download)[^\n`]*{NAME}")
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    lines = [line for path in pages for line in path.read_text(encoding="utf-8").splitlines()]
    lines += [text for pair in TEXTS.values() for text in pair]
    assert [line for line in lines if advice.search(line) and "--find-links" not in line] == []
    for pair in TEXTS.values():
        assert not any("pip install" in text for text in pair), pair
        for page in re.findall(r"docs/[\w/.-]+\.md", " ".join(pair)):
            assert (ROOT / page).is_file(), page
