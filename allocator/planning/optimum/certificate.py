"""``certificate.json``: written and read back (docs/planning.md section 6)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from allocator.checking.optimum.verdict import Certificate
from allocator.ground import Fault, opened_json
from allocator.planning.optimum.layout import CERTIFICATE

if TYPE_CHECKING:  # reading a certificate needs no solver
    from allocator.models.optimum.methods import Optimum

FORMAT_VERSION = 1
CLAIMS = ("optimal", "bound")
SEATS = ("plan", "hard_cap")


def certificate_of(optimum: Optimum, *, use_hard_cap: bool) -> Certificate:
    """Return the certificate of a list."""
    market = optimum.market
    return Certificate(
        claim=CLAIMS[0] if optimum.proven else CLAIMS[1],
        use_hard_cap=use_hard_cap,
        prices=dict(zip(market.schools, optimum.price.tolist(), strict=True)),
        solver_word=optimum.on_word,
    )


def certificate_bytes(certificate: Certificate) -> bytes:
    """Return the file (UTF-8, keys sorted, LF)."""
    content = {
        "format_version": FORMAT_VERSION,
        "claim": certificate.claim,
        "seats": SEATS[certificate.use_hard_cap],
        "prices": dict(certificate.prices),
        "solver_word": [{"schools": list(schools), "gap": gap} for schools, gap in certificate.solver_word],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def read_certificate(raw: bytes) -> tuple[Certificate | None, list[Fault]]:
    """Return the certificate of a file, or None and everything that is wrong with its form.

    Whether the prices are those of the district's schools is the checker's to say.
    """
    try:
        content = opened_json(raw)
    except ValueError as error:
        return None, [Fault("certificate.not_json", CERTIFICATE, params={"reason": str(error)[:80]})]
    if not isinstance(content, dict):
        return None, [Fault("certificate.not_json", CERTIFICATE, params={"reason": type(content).__name__})]
    faults = [_wrong(key, content.get(key), expected) for key, good, expected in _RULES if not good(content.get(key))]
    faults += [_wrong(key, "", "") for key in sorted(content.keys() - {key for key, _, _ in _RULES})]
    if faults:
        return None, faults
    word = tuple((tuple(sorted(part["schools"])), part["gap"]) for part in content["solver_word"])
    return Certificate(content["claim"], content["seats"] == SEATS[1], content["prices"], word), []


def _wrong(key: str, value: object, expected: str) -> Fault:
    """A key that is missing, unknown, or has a value of another form."""
    shown = json.dumps(value, ensure_ascii=False)[:40]
    return Fault("certificate.wrong", CERTIFICATE, column=key, value=shown, params={"expected": expected})


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_price(value: object) -> bool:
    """Whether a number is whole and of a size that a price can have; the checker says of which sign."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 2**62


def _is_part(part: Any) -> bool:
    """Whether a component has schools and a gap."""
    if not isinstance(part, dict) or set(part) != {"schools", "gap"}:
        return False
    names = part["schools"]
    return isinstance(names, list) and all(isinstance(name, str) for name in names) and _is_whole(part["gap"])


_RULES = (
    ("format_version", lambda v: _is_whole(v) and v == FORMAT_VERSION, str(FORMAT_VERSION)),
    ("claim", lambda v: v in CLAIMS, " | ".join(CLAIMS)),
    ("seats", lambda v: v in SEATS, " | ".join(SEATS)),
    ("prices", lambda v: isinstance(v, dict) and all(map(_is_price, v.values())), "{school: 0, 1, 2 … 2^62}"),
    ("solver_word", lambda v: isinstance(v, list) and all(map(_is_part, v)), '[{"schools": […], "gap": 1}]'),
)
