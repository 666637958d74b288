"""What the office should know of a child, whatever is decided (section 3.4)."""

from __future__ import annotations

from allocator.determination.assessment import Assessment
from allocator.determination.rulings import over_age, unvaccinated


def flag(child: Assessment) -> None:
    """Set the flags that no step has set, when category and zone are final; some special needs want a ruling (C121)."""
    of, application = child.dossier, child.dossier.application
    marks = {
        "over_age": over_age(child),
        "vaccination": unvaccinated(child),
        "deferral_pending": application.deferral == "pending",
        "not_registered": application.registered_at is None,
        "lock": of.locked,
        "declared": application.declared_category not in ("", child.category),
        "special": of.special is not None,
    }
    child.flags.update(name for name, on in marks.items() if on)
    if of.special is not None and of.special.level != "mild" and not of.special.route:
        child.rulings |= {"C121"}
