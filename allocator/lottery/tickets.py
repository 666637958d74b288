"""Tickets: the lot of a party in a draw, and the order that the tickets give (procedure.md section 2).

numpy is loaded by the two functions that need it: who freezes a draw or explains a list asks for no ticket.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Digests: TypeAlias = npt.NDArray[np.bytes_]
    Order: TypeAlias = npt.NDArray[np.intp]

TicketScope: TypeAlias = Literal["per_draw", "per_session"]


def ticket_word(draw_id: str, scope: TicketScope) -> str:
    """Return what stands for the draw in a ticket's text: its id, or ``session`` under ``per_session`` (section 8)."""
    return "session" if scope == "per_session" else draw_id


def ticket(seedhex: str, draw_id: str, party_id: str) -> str:
    """Return the SHA-256 of the text ``seedhex|draw_id|party_id`` as 64 lower-case hexadecimal digits.

    A plain hash of a printable text, so that any SHA-256 tool recomputes it; the smaller ticket comes first.
    """
    return sha256(f"{seedhex}|{draw_id}|{party_id}".encode("ascii")).hexdigest()


def tickets(seedhex: str, draw_id: str, party_ids: Sequence[str]) -> Digests:
    """Return the tickets of many parties in one draw.

    Parameters
    ----------
    party_ids : sequence of str
        Ids without line breaks.

    Returns
    -------
    numpy.ndarray of dtype S32
        The 32 bytes of each digest, in the order of the ids. Read a single one through ``ticket_hex``: numpy hides
        closing zero bytes from its reader, though never from a comparison.
    """
    import numpy as np

    # The common part of the text is hashed once and copied: a third faster than hashing each text as a whole.
    start = sha256(f"{seedhex}|{draw_id}|".encode("ascii")).copy
    digests = []
    for name in _encoded(party_ids):
        state = start()
        state.update(name)
        digests.append(state.digest())
    return np.array([], dtype="S32") if not digests else np.frombuffer(b"".join(digests), dtype="S32")


def ticket_hex(digests: Digests) -> list[str]:
    """Return digests as 64 lower-case hexadecimal digits each."""
    text = digests.tobytes().hex()
    return [text[at : at + 64] for at in range(0, len(text), 64)]


def ticket_order(digests: Digests, party_ids: Sequence[str]) -> Order:
    """Return the positions of the parties in the order of a draw: smaller ticket first, equal tickets by party id.

    The first eight bytes decide as good as always and sort fast; only if two of them agree are whole tickets and ids
    compared.
    """
    import numpy as np

    heads = np.frombuffer(digests.tobytes(), dtype=">u8")[::4].astype(np.uint64)
    by_head: Order = np.argsort(heads, kind="stable")
    if len(heads) < 2 or (np.diff(heads[by_head]) != 0).all():
        return by_head
    names = ticket_hex(digests)
    return np.array(sorted(range(len(names)), key=lambda at: (names[at], party_ids[at])), dtype=np.intp)


def _encoded(party_ids: Sequence[str]) -> list[bytes]:
    """Return the ids as bytes; joining them first encodes a million in one step."""
    return "\n".join(party_ids).encode("ascii").split(b"\n") if party_ids else []
