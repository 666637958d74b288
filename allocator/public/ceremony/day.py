"""What was said and given on a draw day, from the answers that its journal keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.domain import Contribution, NumbersOrder, RingOrder, SessionOrder
from allocator.lottery import ABSENT, FrozenDigests, build_transcript, order_of_value

RING, NUMBERS_ORDER = "ring", "numbers"
KNOWN_ANSWERS = ("place", "time", "event", "announced", "round")
"""Answers that must be there before the digests are shown, besides the kind of each witness."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness of a draw day.

    Attributes
    ----------
    number : int
        Place in the transcript, 1 first.
    kind : str
        What the witness stands for: parents, deputies, press, a notary; said at the beginning.
    name, office : str
        For the minutes alone; empty until the witness stands there, and of one who never came.
    digits : str
        What was given, ``ABSENT`` of a silent one, empty until then.
    """

    number: int
    kind: str
    name: str = ""
    office: str = ""
    digits: str = ""

    @property
    def is_absent(self) -> bool:
        """Whether the witness stayed silent."""
        return self.digits == ABSENT


@dataclass(frozen=True, slots=True)
class DrawDay:
    """A draw day as far as it has come.

    Attributes
    ----------
    event, place, time : str
        Number of the draw; where and when it is held.
    digests : FrozenDigests
        What was frozen, recomputed on the day.
    witnesses : tuple of Witness
        As many as were announced.
    round : str
        The drand round named beforehand, ``network:round``; empty for none.
    randomness : str
        What that round gave; empty until then.
    order_kind : str
        ``numbers`` or ``ring``; empty where tickets are drawn by hash.
    order : SessionOrder or None
        The order that replaces the tickets, once it is known.
    allow_weak : bool
        Whether too few witnesses or digits were allowed.
    seed : str
        SHA-256 of the transcript, once it was written.
    """

    event: str
    place: str
    time: str
    digests: FrozenDigests
    witnesses: tuple[Witness, ...]
    round: str = ""
    randomness: str = ""
    order_kind: str = ""
    order: SessionOrder | None = None
    allow_weak: bool = False
    seed: str = ""

    @property
    def is_given(self) -> bool:
        """Whether the last digit was given: nothing is computed before."""
        order = not self.order_kind or self.order is not None
        return all(one.digits for one in self.witnesses) and bool(self.randomness) >= bool(self.round) and order

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """What was given, as the transcript has it: neither names nor offices."""
        found = [Contribution(f"witness-{one.number}", one.digits) for one in self.witnesses if one.digits]
        if self.randomness:
            network, _, number = self.round.partition(":")
            found.append(Contribution(f"drand-{network}", f"{number}:{self.randomness}"))
        return tuple(found)

    def transcript(self) -> bytes:
        """Return the transcript.

        Raises
        ------
        ValueError
            If somebody has not given everything yet.
        """
        if not self.is_given:
            raise ValueError("Expected the digits of everybody.")
        return build_transcript(self.event, self.digests, self.contributions, self.order)


def draw_day(answers: Mapping[str, str], digests: FrozenDigests) -> DrawDay:
    """Return what the answers of a journal say."""
    announced = int(answers.get("announced", "0"))
    witnesses = tuple(
        Witness(n, *(answers.get(f"{what}-{n}", "") for what in ("kind", "name", "office", "digits")))
        for n in range(1, announced + 1)
    )
    order = order_of_value(answers.get("order", ""))
    kind = RING if answers.get("order") == RING or isinstance(order, RingOrder) else ""
    return DrawDay(
        answers.get("event", ""), answers.get("place", ""), answers.get("time", ""), digests, witnesses,
        answers.get("round", ""), answers.get("randomness", ""),
        NUMBERS_ORDER if isinstance(order, NumbersOrder) else kind, order,
        answers.get("weak", "") == "yes", answers.get("transcript", ""),
    )  # fmt: skip
