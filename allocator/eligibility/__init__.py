"""Who may get which seat, how far each home lies, and a district as arrays: what all who compute by the rules share."""

# isort: off

from typing import TYPE_CHECKING

from allocator.ground import lazily

if TYPE_CHECKING:
    from allocator.eligibility.distance import nearest_first, rounded_metres, squared_distance
    from allocator.eligibility.instance import (
        NO_TIER, Instance, Routes, filled_in_instance, instance_adjustment_lists, instance_diversion_lists,
        instance_local_demand, instance_named_school, instance_ranked_lists, instance_tiers, instance_zone_schools,
        make_instance,
    )
    from allocator.eligibility.nearest import Nearest
    from allocator.eligibility.rules import (
        VERIFIED, Homes, Party, diversion_list, home_rules, home_school, keys_before_ticket, may_bid, may_choose,
        overflow_school, eligible_parties, receiving_list, tier_of_zone, tier_zone, zone_of_school,
    )
else:
    __getattr__, __dir__, __all__ = lazily(__name__, {
        "distance": "nearest_first rounded_metres squared_distance",
        "instance": (
            "NO_TIER Instance Routes filled_in_instance instance_adjustment_lists instance_diversion_lists "
            "instance_local_demand instance_named_school instance_ranked_lists instance_tiers instance_zone_schools "
            "make_instance"
        ),
        "nearest": "Nearest",
        "rules": (
            "VERIFIED Homes Party diversion_list home_rules home_school keys_before_ticket may_bid may_choose "
            "overflow_school eligible_parties receiving_list tier_of_zone tier_zone zone_of_school"
        ),
    })
