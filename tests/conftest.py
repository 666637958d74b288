"""A small town and its lists, made once for all tests of the command line that only read them."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pyrage
import pytest

from allocator.district_folder import optional_folder_cells
from allocator.domain import District
from allocator.lottery import canonical_tables
from allocator.proofreading import comparison_with_canonical
from allocator.reading import folder
from tests.bytecode import wrong_bytecode
from tests.cli_calls import good


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Fail the whole session where it leaves bytecode that is not what the source beside it compiles to."""
    yield
    if hasattr(session.config, "workerinput"):
        return  # the controller looks, after all its workers
    if wrong := wrong_bytecode():
        print("\nbytecode that is not that of its source (remove it before the program is used):", *wrong, sep="\n  ")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the second reader look at every folder that the first one reads without a fault."""
    first = folder.FolderReader.district

    def both(reader: folder.FolderReader) -> District:
        district = first(reader)
        tables, others = dict(canonical_tables(district)), optional_folder_cells(district)
        assert comparison_with_canonical(reader.folder, tables, others=others, encoding=reader.encoding) == []
        return district

    monkeypatch.setattr(folder.FolderReader, "district", both)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a generated primary district of 60 children; a test that changes it works on a copy."""
    folder = tmp_path_factory.mktemp("district") / "town"
    good("generate", folder, "--children", 60, "--seed", 5)
    return folder


@pytest.fixture(scope="session")
def lists(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a run of the town; a test that changes it works on a copy."""
    folder = tmp_path_factory.mktemp("out") / "lists"
    good("run", town, "--out", folder)
    return folder


@pytest.fixture
def plain_cipher(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let archives be closed by their first lines alone: the real cipher takes seconds and a gigabyte."""
    head = b"age-encryption.org/test\n"

    def _encrypt(content: bytes, passphrase: str) -> bytes:
        return head + passphrase.encode() + b"\n" + content

    def _decrypt(sealed: bytes, passphrase: str) -> bytes:
        if not sealed.startswith(head + passphrase.encode() + b"\n"):
            raise pyrage.DecryptError("Decryption failed")
        return sealed.split(b"\n", 2)[2]

    monkeypatch.setattr(pyrage.passphrase, "encrypt", _encrypt)
    monkeypatch.setattr(pyrage.passphrase, "decrypt", _decrypt)


@pytest.fixture
def plain_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let printed lists of a case book be nothing but their first bytes: setting some hundred takes a while."""
    for room in ("allocator.casebook.list_files", "allocator.public.website", "allocator.public.class_lists_folder"):
        monkeypatch.setattr(f"{room}.table_pdf", lambda table, written: b"%PDF-")
    for room in ("allocator.public.notice_pages", "allocator.public.answers"):
        monkeypatch.setattr(f"{room}.set_pages", lambda source, data, unshown: [b"%PDF-"])
    for room in ("allocator.casebook.list_files", "allocator.public.website", "allocator.public.class_lists_folder",
                 "allocator.public.notice_folder", "allocator.public.answers",
                 "benchmarks.office_demo.whole"):  # fmt: skip
        monkeypatch.setattr(f"{room}.demand_pdf", lambda: "any font")
