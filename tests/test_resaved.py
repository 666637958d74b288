"""Bytes against meaning: files that an editor saved again are told apart from files that somebody changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from allocator.lottery import is_frozen_but_saved_again
from tests.cli_calls import call, copy, refused

BOM = b"\xef\xbb\xbf"
SAVED_AGAIN: dict[str, Callable[[bytes], bytes]] = {
    "CRLF": lambda raw: raw.replace(b"\n", b"\r\n"),
    "CR": lambda raw: raw.replace(b"\n", b"\r"),
    "byte order mark": lambda raw: BOM + raw,
    "both": lambda raw: BOM + raw.replace(b"\n", b"\r\n"),
    "some lines CRLF": lambda raw: raw.replace(b"\n", b"\r\n", 3),
    "a line end less": lambda raw: raw.rstrip(b"\n"),
    "line ends more": lambda raw: raw + b"\r\n\r\n",
    "space at line ends": lambda raw: raw.replace(b"\n", b"  \n", 5),
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
}
TEXT = "# 规则\na: 1\nb:\n  - x\n  - y\nc: 2\n".encode()


@pytest.mark.parametrize("kind", SAVED_AGAIN)
@pytest.mark.parametrize("first", ["as it is", "CRLF", "CR", "byte order mark", "both", "a line end less"])
def test_a_file_saved_again_is_known_by_its_digest_alone(first: str, kind: str) -> None:
    """Whichever way the file stood when its digest was made, another way of saving the same text is seen as that."""
    was = SAVED_AGAIN[first](TEXT) if first in SAVED_AGAIN else TEXT
    now = SAVED_AGAIN[kind](TEXT)
    assert is_frozen_but_saved_again(now, sha256(was).hexdigest()) == (now != was)
    assert not is_frozen_but_saved_again(now.replace(b"1", b"3"), sha256(was).hexdigest())


@pytest.mark.parametrize("kind", sorted(set(SAVED_AGAIN) - {"UTF-16"}))
@pytest.mark.parametrize("words", ["check {}", "run {}"])
def test_a_policy_saved_again_after_the_draw_is_told_so_with_the_cure(
    town: Path, tmp_path: Path, words: str, kind: str
) -> None:
    """``check`` and ``run`` say that no rule was changed and which copy to use; a changed rule is told as before."""
    folder = copy(town, tmp_path)
    policy = folder / "policy.yaml"
    was = policy.read_bytes()
    policy.write_bytes(SAVED_AGAIN[kind](was))
    said = refused(*words.format(folder).split())
    assert "draw.changed_policy_resaved" in said
    assert "frozen copy" in said
    assert "封存时的那一份" in call(*words.format(folder).split(), language="zh").stderr
    policy.write_bytes(SAVED_AGAIN[kind](was.replace(b"over_plan", b"skip")))
    said = refused(*words.format(folder).split())
    assert "[draw.changed_policy]" in said
    assert "resaved" not in said
    assert not (folder / "out").exists()


@pytest.mark.parametrize("kind", SAVED_AGAIN)
def test_a_transcript_saved_again_is_told_so_with_the_cure(town: Path, tmp_path: Path, kind: str) -> None:
    """Every way of saving a transcript again is refused with what happened and how to get the right file back."""
    folder = copy(town, tmp_path)
    path = folder / "transcript.txt"
    path.write_bytes(SAVED_AGAIN[kind](path.read_bytes()))
    said = refused("check", folder)
    assert "from the same digits" in said
    assert "draw.digest" not in said
    assert "用同样的数字重新生成" in call("check", folder, language="zh").stderr


@pytest.mark.parametrize("kind", ["CRLF", "byte order mark", "a line end less"])
@pytest.mark.parametrize("name", ["policy.yaml", "draw-roster.csv"])
def test_published_files_saved_again_are_told_so(lists: Path, tmp_path: Path, name: str, kind: str) -> None:
    """``verify`` and ``draw verify`` tell published files that were only saved again, with the manifest and without."""
    out = copy(lists, tmp_path)
    (out / name).write_bytes(SAVED_AGAIN[kind]((out / name).read_bytes()))
    assert "cli.changed_file_resaved" in call("verify", out).stdout
    said = call("draw", "verify", out).stdout
    assert "draw.changed_file_resaved" in said
    assert f"draw.changed_{'policy' if name == 'policy.yaml' else 'roster'}_resaved" in said
    (out / "manifest.json").unlink()
    assert "_resaved" in call("draw", "verify", out).stdout


def test_a_list_saved_again_by_a_spreadsheet_is_told_so(lists: Path, tmp_path: Path) -> None:
    """A list without its byte order mark is no changed list; with another child it is."""
    out = copy(lists, tmp_path)
    path = sorted((out / "office").glob("*.csv"))[0]
    raw = path.read_bytes()
    path.write_bytes(raw.removeprefix(BOM).replace(b"\r\n", b"\n"))
    assert "cli.changed_file_resaved" in call("verify", out).stdout
    path.write_bytes(raw.replace(b"T23-", b"T24-"))
    assert "resaved" not in call("verify", out).stdout
    assert name_in_manifest(out, path)


def name_in_manifest(out: Path, path: Path) -> bool:
    """Return whether the manifest lists a file, so that the test above means something."""
    return path.relative_to(out).as_posix() in json.loads((out / "manifest.json").read_bytes())["outputs"]


def test_transcript_and_policy_saved_again_are_told_together(town: Path, tmp_path: Path) -> None:
    """Where both were saved again both are told at once, as after a copy by way of a Windows editor."""
    folder = copy(town, tmp_path)
    for name in ("transcript.txt", "policy.yaml"):
        (folder / name).write_bytes(SAVED_AGAIN["CRLF"]((folder / name).read_bytes()))
    said = refused("check", folder)
    assert "draw.carriage_return" in said
    assert "draw.changed_policy_resaved" in said
