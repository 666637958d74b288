"""Seeded faults: one line of the product changed at a time, and whether the strict model or the checker notices.

Run as a script (``python -m tests.seeded_faults PART PARTS``) it copies the program into a folder of its own and starts
again there. It loads the libraries once, forks for each fault, lets the fork import the package with the changed line,
and prints ``caught`` or ``MISSED`` with the fault and who noticed. The package itself is only imported in the forks, and
no fork writes bytecode: a faulty line must never be found in the program afterwards.
"""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from tests.bytecode import copy_of_the_program

ROOT = Path(__file__).resolve().parent.parent
DISTRICTS = 1000
HERE = "--here"


class SeededFault(NamedTuple):
    """One line of a file, before and after."""

    file: str
    right: str
    wrong: str


PROCEDURE = "allocator/procedure/phases.py"
SCHOOL_ORDERS = "allocator/procedure/school_orders.py"
STRICT = "allocator/models/law/strict.py"
MODEL_ORDERS = "allocator/models/law/school_orders.py"
KERNELS = "allocator/procedure/kernels.py"
ACCEPTANCE = "allocator/procedure/acceptance.py"
STATE = "allocator/procedure/state.py"
INSTANCE = "allocator/eligibility/instance.py"
ELIGIBILITY = "allocator/eligibility/rules.py"
NEAREST = "allocator/eligibility/nearest.py"

FAULTS = (
    SeededFault(PROCEDURE, "fits = wanted <= state.left()", "fits = wanted < state.left()"),
    SeededFault(PROCEDURE, "state.refer(referred, NEEDS_RULING)", "state.refer(referred[:0], NEEDS_RULING)"),
    SeededFault(PROCEDURE, "state.refer(state.waiting() & (state.instance.home == NO_SCHOOL), NEEDS_RULING)", "pass"),
    SeededFault(PROCEDURE, "state.refer((home >= 0) & state.instance.external[home], EXTERNAL)", "pass"),
    SeededFault(PROCEDURE, "phase.draw, by_category=True)", "phase.draw, by_category=False)"),
    SeededFault(PROCEDURE, "if phase.seats != \"left\":\n        state.aside -=", "if phase.seats == \"left\":\n        state.aside -="),
    SeededFault(PROCEDURE, "state.aside += instance.offered(phase.seats)", "state.aside += 0"),
    SeededFault(ELIGIBILITY, "k == \"tier\" and switches.tiers == \"pooled\"", "k == \"tier\" and switches.tiers == \"strict\""),
    SeededFault(ELIGIBILITY, "keys.append(\"category\")", "keys.insert(0, \"category\")"),
    SeededFault(SCHOOL_ORDERS, "for key in (*before, TICKET)]", "for key in (TICKET, *reversed(before))]"),
    SeededFault(PROCEDURE, "in_vain[equal[np.arange(len(bidder)) < first[bidder]]]", "in_vain[equal[np.arange(len(bidder)) <= first[bidder]]]"),
    SeededFault(PROCEDURE, "_equals([school, *keys[:-1]])", "_equals([school])"),
    SeededFault(PROCEDURE, "_equals([school, *keys[:-1]])", "_equals([school, *keys[:1]])"),
    SeededFault(PROCEDURE, "_equals([school, *keys[:-1]])", "_equals([school, *keys])"),
    SeededFault(PROCEDURE, "_equals([school, *keys[:-1]])", "_equals([0 * school, *keys[:-1]])"),
    SeededFault(PROCEDURE, "+ instance.category[parties] if by_category else school", "if by_category else school"),
    SeededFault(PROCEDURE, "in_vain[equal[state.seat[parties] != school]] = True", "in_vain[equal] = True"),
    SeededFault(PROCEDURE, "order = np.lexsort([ticket, ~passed[parties]])", "order = np.lexsort([ticket, passed[parties]])"),
    SeededFault(PROCEDURE, "later = phase.categories[phase.categories.index(category) + 1 :]", "later = phase.categories[: phase.categories.index(category)]"),
    SeededFault(PROCEDURE, "if switches.receiving_order == \"locals_all_first\":", "if switches.receiving_order != \"locals_all_first\":"),
    SeededFault(PROCEDURE, "instance.category[parties], instance.status[parties]]", "instance.status[parties], instance.category[parties]]"),
    SeededFault(PROCEDURE, "np.flatnonzero((wanted > left) & (left > 0))", "np.flatnonzero((wanted > left) & (left > 1))"),
    SeededFault(PROCEDURE, "limit = instance.cap - state.aside if over_plan", "limit = instance.plan - state.aside if over_plan"),
    SeededFault(PROCEDURE, "seats = instance.plan - state.aside - kept", "seats = instance.plan - state.aside"),
    SeededFault(PROCEDURE, "(instance.category == number) & _verified(instance)", "(instance.category == number)"),
    SeededFault(PROCEDURE, "draw_id = f\"{phase.divert_draw}-{category}\"", "draw_id = f\"{phase.divert_draw}\""),
    SeededFault(STRICT, "school_order_before_ticket(phase, solution.district, school, party) in refused[school]", "bool(refused[school])"),
    SeededFault(STRICT, "is_drawn = (school, before_ticket(party)) in refused", "is_drawn = any(school == s for s, _ in refused)"),
    SeededFault(STRICT, "refused[school].add(school_order_before_ticket(phase, district, school, party))", "refused[school].add(())"),
    SeededFault(MODEL_ORDERS, "inner = [party.rank] if", "inner = [] if"),
    SeededFault(KERNELS, "if left >= k or", "if left > k or"),
    SeededFault(KERNELS, "(left > 0 and taken[school] + k <= limit[school])", "(left > 0 and taken[school] + k < limit[school])"),
    SeededFault(ACCEPTANCE, "if left[s] + holds[last] > 0:", "if left[s] + holds[last] >= 0:"),
    SeededFault(ACCEPTANCE, "if left[s] + holds[last] > 0:", "if left[s] == 0:"),
    SeededFault(ACCEPTANCE, "        while left[s] <= 0:", "        while left[s] < -1:"),
    SeededFault(ACCEPTANCE, "place[entry] > cut[school[entry]]:", "place[entry] >= cut[school[entry]]:"),
    SeededFault(ACCEPTANCE, "place[order] = np.arange(len(order))", "place[order[::-1]] = np.arange(len(order))"),
    SeededFault(ACCEPTANCE, "        i = waiting[count]\n        entry = at[i]", "        i = waiting[count]\n        entry = end[i] - 1"),
    SeededFault(STATE, "np.lexsort(keys[::-1])", "np.lexsort(keys)"),
    SeededFault(STATE, "return self.instance.plan - self.taken - self.aside", "return self.instance.plan - self.taken"),
    SeededFault(STATE, "word = ticket_word(draw_id, self.instance.district.policy.switches.ticket_scope)", "word = draw_id"),
    SeededFault(INSTANCE, "cap=_ints(0 if s.external else s.most for s in schools),", "cap=_ints(0 if s.external else s.plan for s in schools),"),
    SeededFault(INSTANCE, "lead_of_child[i] = first.setdefault(bundle, i)", "first.setdefault(bundle, i)"),
    SeededFault(INSTANCE, "attrgetter(\"zone\", \"category\", \"registered_school\"), children))", "attrgetter(\"zone\", \"category\"), children))"),
    SeededFault(INSTANCE, "for i, home in enumerate(homes)}", "for i, home in enumerate(reversed(homes))}"),
    SeededFault(INSTANCE, "    return children.astype(np.int64)", "    return (children > 0).astype(np.int64)"),
    SeededFault(ELIGIBILITY, "return child.registered_school or zone.school_id", "return zone.school_id"),
    SeededFault(ELIGIBILITY, "if rule == \"e_school\" and not (overflow and zone.e_school_id):", "if rule == \"e_school\" and not overflow:"),
    SeededFault(ELIGIBILITY, "if not school or zones[child.zone].school_id == school:", "if True:"),
    SeededFault(ELIGIBILITY, "for school in phase.lists[phase.list_of.get(home, phase.others)] if school != home)", "for school in phase.lists[phase.others] if school != home)"),
    SeededFault(ELIGIBILITY, "chosen = tuple(school for school in preferred if school in receiving)", "chosen = tuple(school for school in preferred)"),
    SeededFault(ELIGIBILITY, "return chosen + tuple(school for school in receiving if school not in chosen)", "return receiving"),
    SeededFault(ELIGIBILITY, "receiving = (first, *(school for school in receiving if school != first))", "receiving = (*receiving, first)"),
    SeededFault(ELIGIBILITY, "return child.status == VERIFIED and child.category in phase.schools", "return child.category in phase.schools"),
    SeededFault(ELIGIBILITY, "and child.status == VERIFIED and child.category in phase.categories", "and child.category in phase.categories"),
    SeededFault(NEAREST, "placed.sort(key=lambda i: schools[i].school_id)", "placed.sort(key=lambda i: schools[i].school_id, reverse=True)"),
    SeededFault(NEAREST, "** 2 + (here[1][:, None] - there[1]) ** 2", "** 2"),
    SeededFault(NEAREST, "axis=1, kind=\"stable\")", "axis=1, kind=\"stable\")[:, ::-1]"),
)  # fmt: skip
"""Faults in procedure, instance and eligibility."""


class _Patch(SourceFileLoader):
    """Loads one file of the package with a line changed."""

    fault: SeededFault

    def get_data(self, path: str) -> bytes:
        """Give the source with the fault in it, and no cached bytecode."""
        if path.endswith(".pyc"):
            raise OSError
        source = Path(path).read_text(encoding="utf-8")
        if Path(path).resolve() == (ROOT / self.fault.file).resolve():
            if source.count(self.fault.right) != 1:
                raise LookupError(
                    f"{self.fault.file}: {self.fault.right!r} stands there {source.count(self.fault.right)} times"
                )
            source = source.replace(self.fault.right, self.fault.wrong)
        return source.encode("utf-8")

    def set_data(self, path: str, data: object, *, _mode: int = 0o666) -> None:
        """Keep nothing: bytecode of a fault would look like that of the right source."""


class _Finder:
    """Puts ``_Patch`` in the place of the loader of the file concerned."""

    def __init__(self, fault: SeededFault) -> None:
        self.fault = fault

    def find_spec(self, name: str, path: object = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Find the one module that is changed."""
        if name != self.fault.file.removesuffix(".py").replace("/", "."):
            return None
        loader = _Patch(name, str(ROOT / self.fault.file))
        loader.fault = self.fault
        return importlib.util.spec_from_loader(name, loader)


def notice_in_engines() -> str:
    """Say who notices a fault in the engines' side on random districts; empty if nobody does."""
    from allocator.checking import check_list_by_rules
    from allocator.models.law.strict import run_strict
    from allocator.procedure import run_procedure
    from tests.strategies import random_district, random_switches

    for number in range(DISTRICTS):
        rng = random.Random(number)
        district = random_district(rng, rng.choice((8, 20, 40)), random_switches(rng))
        assert district.draw is not None
        rows = run_procedure(district)
        who = [
            name
            for name, noticed in (
                ("strict model", run_strict(district) != rows),
                ("checker", bool(check_list_by_rules(district, rows, district.draw.source))),
            )
            if noticed
        ]
        if who:
            return f"{' and '.join(who)} on district {number}"
    return ""


def notice_in_reading() -> str:
    """Say who notices a fault in reading one small district in all the spellings of an office; empty if nobody does."""
    from allocator.district_folder import read_district
    from allocator.ground import DisagreementError
    from tests.office_tables import SPELLINGS, write

    for spelling in SPELLINGS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                read_district(write(Path(folder), spelling))
            except DisagreementError as error:
                return f"proofreader ({error.faults[0]}) in the spelling {spelling}"
    return ""


def _see_that_this_copy_is_imported() -> None:
    """Stop where another program than the one beside this file would be tried."""
    import allocator

    if not Path(allocator.__file__).resolve().is_relative_to(ROOT):
        raise LookupError(f"another program is imported: {allocator.__file__}")


def _try(fault: SeededFault, notice: Callable[[], str]) -> bool:
    """Fork, change the line, look; returns whether it was noticed."""
    with tempfile.TemporaryFile("w+") as answer:
        child = os.fork()
        if not child:
            sys.dont_write_bytecode = True
            sys.meta_path.insert(0, _Finder(fault))
            try:
                _see_that_this_copy_is_imported()
                answer.write(notice())
            except BaseException as error:
                answer.write("")
                print(f"BROKEN {fault.file}: {error!r}", flush=True)
            answer.flush()
            os._exit(0)
        os.waitpid(child, 0)
        answer.seek(0)
        noticed = answer.read()
    print(f"{'caught' if noticed else 'MISSED'} {fault.file}: {fault.wrong.splitlines()[0]}  [{noticed}]", flush=True)
    return bool(noticed)


def main(part: int, parts: int) -> int:
    """Try every fault of a part; returns how many were missed."""
    import click  # noqa: F401

    from tests.seeded_book_faults import BOOK_FAULTS, notice_in_book
    from tests.seeded_model_faults import MODEL_FAULTS, notice_in_models
    from tests.seeded_order_faults import ORDER_FAULTS, notice_in_orders
    from tests.seeded_reading_faults import READING_FAULTS

    jobs = [(fault, notice_in_engines) for fault in FAULTS] + [(fault, notice_in_reading) for fault in READING_FAULTS]
    jobs += [(fault, notice_in_models) for fault in MODEL_FAULTS]
    jobs += [(fault, notice_in_book) for fault in BOOK_FAULTS]
    jobs += [(fault, notice_in_orders) for fault in ORDER_FAULTS]
    return sum(not _try(*job) for job in jobs[part::parts])


def on_a_copy(part: str, parts: str) -> int:
    """Try a part on a copy of the program; returns the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        copy_of_the_program(Path(folder))
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "tests.seeded_faults", part, parts, HERE]
        return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


if __name__ == "__main__":
    part, parts, *here = sys.argv[1:]
    sys.exit(main(int(part), int(parts)) if here == [HERE] else on_a_copy(part, parts))
