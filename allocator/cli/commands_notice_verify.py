"""``allocator notice verify``: what families bring, held against the list."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.cli.command import (
    GOOD,
    UNFINISHED,
    Teller,
    json_option,
    language_option,
    path_argument,
    path_option,
    print_json,
    told_command,
)
from allocator.cli.commands_notice import notice
from allocator.domain import Text
from allocator.ground import MOST_OF_A_TABLE, Fault, InputError, Language, echo, open_readable, text
from allocator.public.notice_check import NoticeVerdict, check_notices, told_notices
from allocator.public.notice_folder import key_path_of, notice_list, with_earlier_lists
from allocator.public.notice_key import key_to_verify


@notice.command("verify")
@path_argument("out", "OUT")
@click.argument("codes", metavar="CODE", nargs=-1)
@path_option("--file", "FILE")
@path_option("--key", "FILE")
@path_option("--district", "DIR")
@json_option
@language_option
@told_command
def verify_command(
    teller: Teller, out: Path, codes: tuple[str, ...], file: Path | None, key: Path | None, district: Path | None
) -> int:
    """Say of each notice that it is valid, or what differs."""
    told = [*told_notices(codes), *(one for line in _lines(file) for one in told_notices([line]))]
    if not told:
        raise InputError([Fault("notice.nothing", "CODE")])
    found = notice_list(out, district)
    path = key_path_of(found, key, ())
    secret, found = key_to_verify(path), with_earlier_lists(found, path)
    verdicts = check_notices(found, secret, told)
    valid = sum(one.valid for one in verdicts)
    if teller.as_json:
        print_json({
            "format_version": 1, "kind": "notice-verify", "list": found.digest, "valid": valid,
            "notices": [_object(one, teller.language) for one in verdicts],
        })  # fmt: skip
    else:
        for one in verdicts:
            echo(_words(one, teller.language))
        if len(verdicts) > 1:
            wrong = len(verdicts) - valid
            echo(text("notice.summary", teller.language, count=len(verdicts), valid=valid, wrong=wrong))
    return GOOD if valid == len(verdicts) else UNFINISHED


def _lines(file: Path | None) -> list[str]:
    """The lines of a file of notices, one each."""
    if file is None:
        return []
    try:
        words = open_readable(file, MOST_OF_A_TABLE).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Fault("publish.not_text", str(file))]) from error
    return [line for line in words.splitlines() if line.strip()]


def _words(one: NoticeVerdict, language: Language) -> str:
    """What is found of a notice, in words."""
    said = {name: word.in_(language) if isinstance(word, Text) else word for name, word in one.params.items()}
    if "stands" in said:
        said["stands"] = text(f"notice.stands.{said['stands']}", language) if said["stands"] else ""
    return text(f"notice.{one.result}", language, **said)


def _object(one: NoticeVerdict, language: Language) -> dict[str, object]:
    """What is found of a notice, for programs."""
    return {
        "result": one.result, "id": one.applicant_id, "school": one.school_id, "told": one.told,
        "message": _words(one, language),
    }  # fmt: skip
