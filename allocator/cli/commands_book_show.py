"""``allocator book show``: all about one party, for an officer who answers its family; each look is logged."""

from __future__ import annotations

from pathlib import Path

import click

from allocator.casebook import demand_may_see_names, read_officers, read_persons, reading
from allocator.casebook.party_account import account_object, party_account
from allocator.casebook.party_words import PartyWords
from allocator.cli import clock
from allocator.cli.command import (
    Teller,
    book,
    district_argument,
    json_option,
    language_option,
    print_json,
    told_command,
)
from allocator.ground import Fault, InputError, echo, masked_name


@book.command("show")
@district_argument
@click.argument("party", metavar="PARTY")
@click.option("--by", required=True, metavar="PERSON")
@click.option("--names", is_flag=True)
@json_option
@language_option
@told_command
def show_party(teller: Teller, folder: Path, party: str, by: str, names: bool) -> None:
    """Tell all about one party: its seat, how it came, where it waits, and every event that touched it."""
    officers = read_officers(folder)
    if faults := officers.faults(by, officers.roles.get(by, ("",))[0], Fault("", "--by")):
        raise InputError(faults)
    if names:
        demand_may_see_names(officers, by)
    known = {child: person.name for child, person in read_persons(folder).items()}
    with reading(folder) as kept:
        account = party_account(kept.book, kept.district, party)
        kept.log(clock.clock_time(), by, "show names" if names else "show", account.party.party_id)
        district = kept.district
    if teller.as_json:
        ids = (*account.party.children, *account.gone)
        shown = {child: known[child] if names else masked_name(known[child]) for child in ids if known.get(child)}
        print_json({**account_object(account), "names": shown})
        return
    for line in PartyWords(account, district, teller.language, known, in_full=names).lines():
        echo(line)
