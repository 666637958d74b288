"""Why an event was refused, in words: the code of office-procedure.md section 8, and what lacks in this book."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from allocator.book import FORMS, Book
from allocator.casebook.publicity import publicity_from
from allocator.casebook.words import round_words, school_words
from allocator.ground import Language, text


class RefusalWords:
    """What lacks for an event in a book, as it stands before it.

    Parameters
    ----------
    book : Book
        The book that refuses.
    language : {"zh", "en"}
        Of the words.
    """

    def __init__(self, book: Book, language: Language) -> None:
        self.book, self.state, self.language = book, book.state, language
        self._school = school_words(book.law.district.schools, language)

    def told(self, event: Mapping[str, object], code: str) -> list[str]:
        """Return the code in words, and under it whatever can be told of this case."""
        heading = self._say("book.refused", outcome=code, why=self._say(f"book.refusal.{code}"))
        words = {key: str(value) for key, value in event.items()}
        return [heading, *(self._say(f"book.why.{name}", **params) for name, params in self._reasons(words, code))]

    def fits_season(self, kind: str) -> bool:
        """Whether the season allows a type of event."""
        return self.state.season in FORMS[kind].seasons

    def _say(self, code: str, **params: object) -> str:
        return text(code, self.language, **params)

    def _reasons(self, event: Mapping[str, str], code: str) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield what lacks, each as a code with its words."""
        kind = event.get("type", "")
        if code == "clock":
            last = json.loads(self.book.journal[-1])
            yield "clock", {"at": event["at"], "last": last["at"], "seq": last["seq"]}
        elif code == "role":
            roles = self._listed(map(self._role, self._roles(event)))
            yield "role", {"role": self._role(event["role"]), "roles": roles}
        elif code == "season":
            needed = self._listed(self._say(f"book.season.{name}") for name in FORMS[kind].seasons)
            yield "season", {"season": self._say(f"book.season.{self.state.season}"), "needed": needed}
        elif code == "unknown":
            yield from self._unknown(event)
        elif code == "no_room":
            yield from self._no_room(event)
        elif code == "state" and kind in self._STATES:
            yield from self._STATES[kind](self, event)

    def _role(self, role: str) -> str:
        return self._say(f"book.role.{role}")

    def _listed(self, words: Iterator[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(words)

    @staticmethod
    def _roles(event: Mapping[str, str]) -> tuple[str, ...]:
        """Return who may enter an event."""
        upheld = event["type"] == "objection_closed" and event["result"] == "upheld"
        return ("group",) if upheld else FORMS[event["type"]].roles

    def _unknown(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield what an event names that is not there."""
        law = self.book.law
        known: Mapping[str, Callable[[str], bool]] = {
            "party": self.state.parties.__contains__, "school": law.is_own, "zone": law.zones.__contains__,
            "category": law.policy.rank.__contains__,
            "round": lambda name: law.exists(name) or (event["type"] == "signed_off" and name == "decisions"),
        }  # fmt: skip
        wrong = [key for key, exists in known.items() if event.get(key) and not exists(event[key])]
        for key in wrong:
            is_external = key == "school" and event[key] in law.district.schools
            name = "external" if is_external else key
            yield f"unknown_{name}", {"value": event[key], "rounds": ", ".join(law.rounds)}
        if not wrong and event["type"] == "objection_closed":
            yield "unknown_objection", {"value": event["objection"]}
        elif not wrong and event["type"] == "part_withdrawn":
            children = self.state.parties[event["party"]].children
            yield "unknown_children", {"party": event["party"], "children": ", ".join(children)}
        elif not wrong and "registered_school" in event:
            yield from self._registered(event)

    def _registered(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield what the registered school of a zone and category must be."""
        law, zone = self.book.law, event["zone"]
        if law.may_register(zone, event["category"], ""):
            yield "registered_none", {"zone": zone, "category": event["category"]}
        else:
            schools = (law.zones[zone].school_id, *law.zones[zone].dual_school_ids)
            yield "registered_one", {"zone": zone, "schools": self._listed(map(self._school, schools))}

    def _no_room(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield why a school has no room."""
        law, state, school = self.book.law, self.state, event["school"]
        words = {"school": self._school(school), "left": law.left(state, school), "cap": state.cap[school]}
        aside = law.aside(state, school)
        if event["type"] == "ruling":
            size = state.parties[event["party"]].size
            words |= {"aside": aside, "taken": state.taken[school], "size": size}
            yield ("room_aside" if aside else "room_cap"), words
        elif law.left(state, school) < int(event["seats"]):
            yield "seats_left", words
        else:
            yield "seats_cap", {**words, "least": law.least_cap.get(school, 0)}

    def _round(self, name: str) -> str:
        return round_words(name, self.language)

    def _stands(self, name: str) -> str:
        """Return where a round stands; an adjustment that nobody opened yet is pending."""
        return self.state.rounds[name].state if name in self.state.rounds else "pending"

    def _not_in(self, event: Mapping[str, str], needed: str) -> dict[str, object]:
        """Return the words of a round that does not stand where it must."""
        stands = self._say(f"book.stands.{self._stands(event['round'])}")
        return {"round": self._round(event["round"]), "stands": stands, "needed": self._say(f"book.stands.{needed}")}

    def _season_opened(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        office = self.book.law.office
        yield "year", {"year": office.year, "stage": office.stage}

    def _frozen(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        if not self.state.was_determined:
            yield "not_determined", {}
        if event["held"] != "0":
            yield "held", {"held": event["held"]}

    def _round_opened(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        rounds = self.state.rounds
        opened = [name for name in rounds if rounds[name].state != "pending"]
        pending = [name for name in rounds if rounds[name].state == "pending"]
        following = pending[0] if pending else f"adjustment-{1 + sum(n.startswith('adjustment') for n in opened)}"
        if event["round"] != following:
            yield "next_round", {"round": self._round(following), "id": following}
            return
        for name in opened:
            if rounds[name].state != "confirmed":
                stands = self._say(f"book.stands.{rounds[name].state}")
                yield "earlier_round", {"round": self._round(name), "stands": stands}

    def _publicity(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        office = self.book.law.office
        first, last = event["first_day"], event["last_day"]
        if self._stands(event["round"]) != "opened":
            yield "round_stands", self._not_in(event, "opened")
        elif first < event["at"][:10]:
            yield "first_day", {"day": first, "today": event["at"][:10]}
        else:
            earliest = publicity_from(office, date.fromisoformat(first)).last_day
            yield "short", {"first": first, "last": last, "days": office.publicity_days, "earliest": earliest}

    def _objection(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        round_ = self.state.rounds.get(event["round"])
        if round_ is None or round_.state != "publicity":
            yield "round_stands", self._not_in(event, "publicity")
        elif round_.last_day is not None and event["at"][:10] > round_.last_day.isoformat():
            yield "publicity_over", {"round": self._round(event["round"]), "day": round_.last_day}
        if event["objection"] in self.state.objections:
            yield "objection_used", {"objection": event["objection"]}

    def _extended(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        round_ = self.state.rounds.get(event["round"])
        if round_ is None or round_.state != "publicity":
            yield "round_stands", self._not_in(event, "publicity")
        else:
            yield "not_later", {"day": round_.last_day, "last": event["last_day"]}

    def _confirmed(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        name, stands = event["round"], self._stands(event["round"])
        if stands == "opened":
            yield "not_published", {"round": self._round(name)}
        elif stands != "publicity":
            yield "round_stands", self._not_in(event, "publicity")
        else:
            last_day = self.state.rounds[name].last_day
            if last_day is not None and event["at"][:10] <= last_day.isoformat():
                yield "publicity_runs", {"round": self._round(name), "day": last_day}
            found = [one for one, o in self.state.objections.items() if o.round == name and o.is_open]
            if found:
                yield "objections_open", {"count": len(found), "objections": ", ".join(found)}

    def _signed(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        if event["round"] != "decisions" and self._stands(event["round"]) != "confirmed":
            yield "round_stands", self._not_in(event, "confirmed")
        else:
            yield "another_list", {}

    def _locks(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        for name, round_ in self.state.rounds.items():
            if round_.is_open or (name == "adjustment" and round_.state != "confirmed"):
                yield "round_stands", self._not_in({"round": name}, "confirmed")

    def _annulled(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        last = json.loads(self.book.journal[-1])
        if event["annuls"] != str(last["seq"]):
            yield "not_last", {"annuls": event["annuls"], "seq": last["seq"]}
        else:
            yield "never_annulled", {"event": self._say(f"book.event.{last['type']}")}

    def _party(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield where the party of an event stands, or that nothing would be another."""
        party = self.state.parties[event.get("party") or self.state.objections[event["objection"]].party]
        words: dict[str, object] = {"party": party.party_id, "state": self._say(f"book.party.{party.state}")}
        kind = event["type"]
        if kind == "reclassification" and party.state in ("waiting", "seated"):
            yield "nothing_changes", words
        elif kind == "reclassification" and party.state == "needs_ruling":
            yield "group_alone", words
        elif kind == "part_withdrawn" and party.state in ("waiting", "seated", "needs_ruling"):
            yield "whole_party", words
        elif party.state == "seated" and event.get("school") == party.school:
            yield "seated_there", {**words, "school": self._school(party.school)}
        else:
            yield "party_stands", words

    def _closed(self, event: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
        if not self.state.objections[event["objection"]].is_open:
            yield "objection_closed", {"objection": event["objection"]}
        else:
            yield from self._party(event)

    _STATES: Mapping[str, Callable[..., Iterator[tuple[str, dict[str, object]]]]] = {
        "season_opened": _season_opened, "frozen": _frozen, "round_opened": _round_opened,
        "publicity_opened": _publicity, "objection": _objection, "publicity_extended": _extended,
        "round_confirmed": _confirmed, "signed_off": _signed, "locks_written": _locks, "annulled": _annulled,
        "objection_closed": _closed,
        **dict.fromkeys(
            ("reclassification", "withdrawal", "part_withdrawn", "revocation", "returned", "ruling"), _party
        ),
    }  # fmt: skip
