"""Trouble of every kind: what families, schools and the leading group do to a list that was done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from allocator.book.judging import judge_special_room
from allocator.book.state import EXTERNAL, NEEDS_RULING, PUBLICITY, SEATED, WAITING, BookParty
from benchmarks.office_demo.author import Author

BATCHES = ("batch-A", "batch-B", "batch-C", "batch-D")
VOLUNTARY = ("voluntary-1", "voluntary-2")
_OPEN = ("opened", "publicity")
_LOCAL = ("A", "B", "C", "R1", "R2")


def _holding(rounds: Collection[str]) -> Callable[[BookParty], bool]:
    """Return whether a party holds a seat of one of some rounds."""
    return lambda p: p.state == SEATED and p.round in rounds


def leave(author: Author, count: int) -> None:
    """Families who go elsewhere: of rounds in publicity, where the next one moves up, and of confirmed ones."""
    for rounds, kind in ((_OPEN, "leave"), (("confirmed",), "leave_confirmed")):
        names = [name for name, round_ in author.state.rounds.items() if round_.state in rounds]
        for party in author.some(count, _holding(names)):
            clerk = author.school_clerk(party.school)
            author.enter(
                kind, "withdrawal", "school", clerk, party=party.party_id, then="leave", reason="到外地就读"
            )


def stay(author: Author, count: int, kind: str, *rounds: str) -> None:
    """Families who give a seat up and stay: voluntary seats before the batches; originals that nobody brought."""
    for party in author.some(count, _holding(rounds)):
        reason = "家长书面放弃自愿报名的学位" if kind == "stay_voluntary" else "未按时携带原件报到"
        author.enter(kind, "withdrawal", "office", party=party.party_id, then="stay", reason=reason)


def part_of_twins(author: Author, count: int) -> None:
    """One of twins goes to another town; the other one keeps the seat."""
    for party in author.some(count, lambda party: party.size > 1 and party.state == SEATED):
        words = {"party": party.party_id, "children": party.children[-1], "then": "leave"}
        author.enter("part_withdrawn", "part_withdrawn", "office", reason="其中一人到外地就读", **words)


def late_families(author: Author, count: int) -> None:
    """Families who come to the desk when all is drawn; every fourth one with twins."""
    zones = [zone for zone in author.book.law.zones if zone != "keerqin-primary"]
    for _ in range(count):
        number = author.late_families
        author.late_families += 1
        zone = zones[number % len(zones)]
        category = "ADEU"[number % 4] if not zone.startswith(("liaohe", "fuantun", "sanjiazi")) else "R1"
        fits = author.book.law.may_register(zone, category, "")
        registered = "" if fits else author.book.law.zones[zone].school_id
        words = {"zone": zone, "category": category, "registered_school": registered}
        author.enter("late_family", "late_intake", "office", "", children=1 + (number % 4 == 3), **words)


def reclassified(author: Author, count: int) -> None:
    """Papers that turn out otherwise: A found D, which may come in a later batch; D found A; a home in another zone."""
    changes = (("down", "A", "E", "复核：户籍、住房均不符，按外户租房认定"), ("down", "B", "D", "复核：不是三代同户"),
               ("up", "E", "A", "复核：户籍和住房材料补齐"), ("up", "U", "C", "复核：户主关系证明补齐"))  # fmt: skip
    for kind, before, after, reason in changes:
        for party in author.some(count, _of_category(before)):
            zone = party.lead.zone
            words = {"party": party.party_id, "category": after, "zone": zone, "reason": reason}
            words["registered_school"] = author.registered(party, zone, after)
            author.enter(f"reclassified_{kind}", "reclassification", "office", **words)


def _of_category(category: str) -> Callable[[BookParty], bool]:
    """Return whether a party of a category is in the book and in its batches."""
    return lambda p: p.lead.category == category and p.state in (SEATED, WAITING) and not p.p9_only


def revoked(author: Author, count: int) -> None:
    """Seats that false papers, a hidden home or a sham residence gave: home, away, or to the other authority."""
    ways = (("false_papers", "adjust", "", "房产证明不实"), ("hidden_home", "adjust", "", "隐瞒在主城区的住房"),
            ("forged_papers", "return_home", "", "伪造居住证明"),
            ("sham_residence", "adjust", "fuli", "小饭桌，未实际居住"),
            ("sham_residence", "adjust", "keerqin-primary", "小饭桌，原学区属科尔沁区"),
            ("sham_residence", "return_home", "", "小饭桌，户籍在外省"))  # fmt: skip
    for ground, then, zone, reason in ways:
        who = author.some(count, _seated_alone(not_local=then == "return_home"))
        kind = f"revoked_{ground}_{'away' if then == 'return_home' else 'horqin' if 'keerqin' in zone else 'home'}"
        for party in who:
            words = {"ground": ground, "then": then, "zone": zone, "reason": reason}
            author.enter(kind, "revocation", "group", party=party.party_id, **words)


def _seated_alone(*, not_local: bool) -> Callable[[BookParty], bool]:
    """Return whether a single child has a seat, and, if that is asked, its hukou elsewhere."""
    return lambda p: p.state == SEATED and p.size == 1 and not (not_local and p.lead.category in _LOCAL)


def returned(author: Author, count: int) -> None:
    """Children whom the other authority sends back."""
    for party in author.some(count, lambda party: party.state == EXTERNAL):
        author.enter("returned", "returned", "office", party=party.party_id, reason="科尔沁区退回：住址不在其学区")


def rulings(author: Author) -> None:
    """What the leading group decides on those whom no rule helps: placed, sent to adjustment, found out of scope."""
    waiting = author.some(30, lambda party: party.state == NEEDS_RULING)
    for number, party in enumerate(waiting):
        place, full = _a_school_with_room(author, party), _a_full_school(author, party)
        if number % 3 == 0 and place:
            if full:
                _rule(author, "refused_no_room", party, "place", full, "领导小组会议决定")
            _rule(author, "ruling_place", party, "place", place, "领导小组会议决定")
        elif number % 3 == 2:
            _rule(author, "ruling_dismiss", party, "dismiss", "", "查明不属于本区招生范围")
        else:
            _rule(author, "ruling_adjust", party, "adjust", "", "本学区没有为外户租房规定学校，参加调剂")


def _rule(author: Author, kind: str, party: BookParty, decision: str, school: str, reason: str) -> None:
    words = {"party": party.party_id, "decision": decision, "school": school, "reason": reason}
    author.enter(kind, "ruling", "group", **words)


def _schools(author: Author, party: BookParty) -> Iterator[tuple[str, bool]]:
    """Yield the schools of the district beginning with a party's own, each with whether it may take the party."""
    home, others = author.home(party), sorted(author.state.plan)
    for school in [name for name in (home, *others) if name in author.state.plan and name != party.school]:
        yield school, judge_special_room(author.book.law, author.state, school, party.size)


def _a_school_with_room(author: Author, party: BookParty) -> str:
    return next((school for school, has_room in _schools(author, party) if has_room), "")


def _a_full_school(author: Author, party: BookParty) -> str:
    return next((school for school, has_room in _schools(author, party) if not has_room), "")


def objections(author: Author, count: int, *rounds: str) -> None:
    """Objections by telephone and at the desk, of those who have a seat and of those who have none."""
    public = [name for name in rounds if author.state.rounds[name].state == PUBLICITY]
    without = author.some(-(-count // 3), lambda party: party.state == WAITING)
    who = [*author.some(count - len(without), lambda party: party.state == SEATED), *without]
    for number, party in enumerate(who):
        author.objections += 1
        words = {"party": party.party_id, "round": public[number % len(public)]}
        text = ("来电：认为住址属于另一学区", "当面：对摇号结果有疑问", "书面：多胞胎信息有误")[number % 3]
        author.enter("objection", "objection", "office", objection=f"Y{author.objections:03}", text=text, **words)


def answers(author: Author, *, leave_open: int = 0) -> None:
    """What the leading group and the office answer; the last ones stay open for the time being."""
    waiting = [name for name, objection in author.state.objections.items() if objection.is_open]
    for name in waiting[: len(waiting) - leave_open]:
        author.answers += 1
        party = author.state.parties[author.state.objections[name].party]
        place, full = _a_school_with_room(author, party), _a_full_school(author, party)
        if author.answers % 4 == 2 and place:
            _answer(author, "upheld_room", name, "upheld", place, "异议成立，增补学位")
        elif author.answers % 4 == 3 and full:
            _answer(author, "upheld_no_room", name, "upheld", full, "异议成立，学校已满，调剂时优先")
        elif author.answers % 4 == 0:
            _answer(author, "upheld_other", name, "upheld", "", "异议成立，另行重新认定")
        else:
            _answer(author, "rejected", name, "rejected", "", "经核查，认定和摇号均无误")


def _answer(author: Author, kind: str, name: str, result: str, school: str, text: str) -> None:
    words = {"objection": name, "result": result, "school": school, "text": text}
    author.enter(kind, "objection_closed", "group", **words)


def wrong_entry(author: Author) -> None:
    """A withdrawal of the wrong child, noticed and taken back; meanwhile somebody else had the seat."""
    for party in author.some(1, lambda party: party.state == SEATED and party.round in BATCHES):
        words = {"party": party.party_id, "then": "leave", "reason": "家长申请放弃"}
        author.enter("wrong_entry", "withdrawal", "office", **words)
        author.enter("annulled", "annulled", "office", annuls=len(author.book.journal), reason="录错学生，更正")


def seats(author: Author) -> None:
    """A class more at one school, seats fewer at another; and more seats fewer than there are."""
    full = min(author.state.plan, key=lambda name: (author.state.plan[name] - author.state.taken[name], name))
    spare = max(author.state.plan, key=lambda name: (author.state.plan[name] - author.state.taken[name], name))
    author.enter("seats_added", "seats_added", "group", school=full, seats=author.many(20), reason="增加班额")
    left = author.state.plan[spare] - author.state.taken[spare]
    words = {"school": spare, "reason": "教室改作他用"}
    author.enter("refused_no_room", "seats_removed", "group", seats=left + 1, **words)
    if left > 0:
        author.enter("seats_removed", "seats_removed", "group", seats=1, **words)


def mistakes(author: Author) -> None:
    """What a clerk mistypes and the book refuses: a child that is none, an answer twice, a text too long, a clock."""
    author.enter("refused_unknown", "withdrawal", "office", party="T23-999999", then="leave", reason="家长申请")
    closed = next(name for name, objection in author.state.objections.items() if not objection.is_open)
    words = {"objection": closed, "result": "rejected", "school": "", "text": "重复答复"}
    author.enter("refused_twice", "objection_closed", "office", **words)
    author.enter("refused_malformed", "note", "office", text="长" * 501)
    author.put("refused_clock", {**author.entries[-1].event, "at": "2023-08-01T09:00:00", "text": "补记"})
