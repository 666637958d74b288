"""Tickets, computed again from the bytes of the transcript (procedure.md section 2)."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

WIDTH = 42
"""Bytes of the largest number, which has a hundred decimal digits."""


class Lottery:
    """Tickets of every draw of one seed.

    Parameters
    ----------
    source : bytes
        The transcript's bytes, or ``trial|N``; their SHA-256 is the seed.
    per_session : bool
        Whether one ticket counts in every draw (switch ``ticket_scope: per_session``).
    places : Mapping of str to int, optional
        Where one order stands in place of all tickets (public.md section 1): place of every party in it.
    """

    def __init__(self, source: bytes, per_session: bool, places: Mapping[str, int] | None = None) -> None:
        self._seed = sha256(source).hexdigest()
        self._per_session, self._places = per_session, places

    def ticket(self, draw_id: str, party_id: str) -> tuple[bytes, str]:
        """Place of a party in a draw: the smaller comes first, equal tickets go by id.

        The 32 raw bytes stand in the same order as their 64 hexadecimal digits.
        """
        if self._places is not None:
            return self._places[party_id].to_bytes(WIDTH, "big"), party_id
        draw = "session" if self._per_session else draw_id
        return sha256(f"{self._seed}|{draw}|{party_id}".encode()).digest(), party_id

    def written(self, draw_id: str, party_id: str) -> str:
        """The ticket of a party as lists write it: 64 hexadecimal digits, or its number or place in the one order."""
        if self._places is not None:
            return str(self._places[party_id])
        return self.ticket(draw_id, party_id)[0].hex()
