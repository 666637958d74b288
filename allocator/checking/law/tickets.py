"""Tickets, computed again from the bytes of the transcript (procedure.md section 2)."""

from __future__ import annotations

from hashlib import sha256


class Lottery:
    """Tickets of every draw of one seed.

    Parameters
    ----------
    source : bytes
        The transcript's bytes, or ``trial|N``; their SHA-256 is the seed.
    per_session : bool
        Whether one ticket counts in every draw (switch ``ticket_scope: per_session``).
    """

    def __init__(self, source: bytes, per_session: bool) -> None:
        self._seed = sha256(source).hexdigest()
        self._per_session = per_session

    def ticket(self, draw_id: str, party_id: str) -> tuple[bytes, str]:
        """Place of a party in a draw: the smaller comes first, equal tickets go by id.

        The 32 raw bytes stand in the same order as their 64 hexadecimal digits.
        """
        draw = "session" if self._per_session else draw_id
        return sha256(f"{self._seed}|{draw}|{party_id}".encode()).digest(), party_id
