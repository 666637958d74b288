"""The rows of the frames of answers, made of the objects that commands print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from allocator.scripting.answer import FrameRow

if TYPE_CHECKING:
    from allocator.planning.optimum import CheckedOptimum


def rows_of_comparison(_: object, answer_object: dict[str, Any]) -> Iterator[FrameRow]:
    """Give a row for every figure of the base and of each what-if."""
    for variant in answer_object["variants"]:
        for figure, value in variant["figures"].items():
            mean = variant["means"].get(figure, {})
            difference = variant["mean_differences"].get(figure, {})
            yield {
                "name": variant["name"], "figure": figure, "value": value, "difference": variant["differences"][figure],
                "share": variant["shares"].get(figure), "mean": mean.get("mean"), "half_width": mean.get("half_width"),
                "mean_difference": difference.get("mean"), "difference_half_width": difference.get("half_width"),
                "clear": difference.get("clear"),
            }  # fmt: skip


def rows_of_sweep(_: object, answer_object: dict[str, Any]) -> Iterator[FrameRow]:
    """Give a row for every figure of every cell; options stand under ``axis.`` and the name of their axis."""
    for cell in answer_object["cells"]:
        options = {f"axis.{axis}": cell["options"].get(axis) for axis in answer_object["axes"]}
        yield from ({"cell": cell["cell"], **options, **figure} for figure in cell["figures"])


def rows_of_odds(_: object, answer_object: dict[str, Any]) -> Iterator[FrameRow]:
    """Give a row for every result of every kind of child, by cut rule and with demand."""
    for kind in answer_object["kinds"]:
        head = {name: ";".join(v) if isinstance(v, tuple | list) else v for name, v in kind["kind"].items()}
        based = [("draw", rule, results) for rule, results in kind["draw"].items()]
        based += [("demand", answer_object["rule"], kind["demand"])] if "demand" in kind else []
        for basis, rule, results in based:
            for result in results:
                yield {**head, "children": kind["children"], "basis": basis, "rule": rule, **result}


def rows_of_seats(_: object, answer_object: dict[str, Any]) -> Iterator[FrameRow]:
    """Give a row for every school and number of seats."""
    for effect in answer_object["effects"]:
        price = (answer_object["prices"] or {}).get(effect["school_id"])
        row = {"school_id": effect["school_id"], "added": effect["added"], "price": price}
        for name in (name for name in effect if name not in row):
            row |= {name: effect[name]["mean"], f"{name}_half_width": effect[name]["half_width"]}
        yield row


def rows_of_capacity(_: object, answer_object: dict[str, Any]) -> Iterator[FrameRow]:
    """Give a row for every own school."""
    yield from answer_object["schools"]


def rows_of_optimum(optimum: CheckedOptimum, _: dict[str, Any]) -> Iterator[FrameRow]:
    """Give a row for every child that takes part: its school under the optimum, and under the rules."""
    rules = {row.applicant_id: row.school_id for row in optimum.rules}
    for child, school in sorted(optimum.placed.items()):
        yield {"applicant_id": child, "school_id": school, "school_under_rules": rules[child]}


def rows_of_warnings(_: object, answer_object: dict[str, Any]) -> Iterator[FrameRow]:
    """Give a row for every zone this year, and in each forecast."""
    for zone in answer_object["zones"]:
        sides = [{"what_if": "", "forecast": zone["now"], "change": None}]
        if "forecast" in zone:
            name = "+".join(answer_object["what_ifs"])
            sides.append({"what_if": name, "forecast": zone["forecast"], "change": zone["change"]})
        for side in sides + zone.get("forecasts", []):
            if side["forecast"] is not None:
                yield {"zone": zone["zone"], "what_if": side["what_if"], **side["forecast"], "change": side["change"]}


def rows_of_report(report: Any, _: dict[str, Any]) -> Iterator[FrameRow]:
    """Give a row for every fault of a file and every violation of the list; what was not verified is none."""
    blank = dict.fromkeys(("code", "clause", "applicant_id", "school_id", "file", "row", "column", "value"), "")
    for fault in report.faults:
        place = {"file": fault.file, "row": fault.row, "column": fault.column, "value": fault.value}
        yield {**blank, "code": fault.code, **place}
    for one in report.violations:
        child = {"clause": one.clause, "applicant_id": one.applicant_id, "school_id": one.school_id}
        yield {**blank, "code": one.code, **child}
