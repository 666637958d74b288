"""What the office should know of a child, whatever is decided (section 3.4)."""

from __future__ import annotations

from allocator.determination.assessment import Assessment
from allocator.determination.rulings import needs_age_ruling, needs_vaccination_ruling


def set_flags(child: Assessment) -> None:
    """Set the flags that no step has set, when category and zone are final; some special needs want a ruling (C121)."""
    dossier, application = child.dossier, child.dossier.application
    marks = {
        "over_age": needs_age_ruling(child),
        "vaccination": needs_vaccination_ruling(child),
        "deferral_pending": application.deferral == "pending",
        "not_registered": application.registered_at is None,
        "lock": dossier.locked,
        "declared": application.declared_category not in ("", child.category),
        "special": dossier.special is not None,
    }
    child.flags.update(name for name, on in marks.items() if on)
    if dossier.special is not None and dossier.special.level != "mild" and not dossier.special.route:
        child.rulings |= {"C121"}
