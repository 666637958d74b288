"""核对公开摇号 · Verify a published draw: `python verify_draw.py FOLDER`.

Needs Python 3.11 and nothing else, and shares no line with the program or its page. What is compared with what, and
what each code means, stands in verify-page.md; the same codes of the same files are told by the page verify.html.
Printed: a line "code file[:line] detail" for each finding (of one code in one file the first three), then the state.
Exit status: 0 ok, 1 incomplete (nothing wrong, something not there), 3 mismatch, 2 no such folder.
"""

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from hashlib import sha256
from itertools import chain
from pathlib import Path

LATER = {"draw.later_change", "draw.later_none"}
MISSING = {"draw.file_missing", "draw.list_missing", "draw.order_missing", "draw.numbers_missing"}
ORDER = "rank,id,size,ticket,result,group"
CUTOFFS = "school_id,phase,step,tier,category,wanted,admitted,draw_id,last_ticket,last_rank,first_refused"
LIST = "number,masked_name,batch,school_id,rank,ticket"
TOP = ("policy.yaml", "transcript.txt", "draw-roster.csv", "numbers.csv", "later-changes.csv")
PATHS = re.compile(r"(rounds/[^/]+/)?(cutoffs\.csv|draws/.+\.csv|lists/[^/]+\.csv)")
AT_SCHOOL = ("admitted", "not_admitted", "passed_over", "elsewhere")
LINES = ("event", "roster", "policy", "inputs", "order", "source")
SLUG, GROUP, RANK = r"[A-Za-z0-9-]{1,32}", r"[1-9][0-9]{0,5}", r"[1-9][0-9]{0,8}"
SPACE = " \t\u00a0\u3000"


def full(pattern, text):
    return re.fullmatch(pattern, text) is not None


def children(text):
    return int(text) if full("[0-9]{1,3}", text) else 0


def above_first(ticket):  # tickets of one length by code point; numbers and places by length first
    return len(ticket), ticket


def drawn(results):
    return "admitted" in results and bool({"not_admitted", "passed_over"} & set(results))


def plain(raw):
    """Return bytes as they were before an editor saved them: no mark, LF, no space at line ends, one last line end."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    raw = b"\n".join(line.rstrip(b" \t") for line in raw.split(b"\n"))
    kept = raw.rstrip(b"\n")
    return kept + b"\n" if raw else b""


def cells_of(text):
    """Return the rows of a table by RFC 4180; None where a quote stands where none may."""
    text = text.removesuffix("\n")
    if '"' not in text:
        return [line.split(",") for line in text.split("\n")]
    rows, at, cell = [[]], 0, re.compile(r'(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|\Z)')
    while found := cell.match(text, at):
        rows[-1].append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at = found.end()
        if found[3] == "":
            return rows
        if found[3] == "\n":
            rows.append([])
    return None


class Folder:
    """The published files by their paths, what is found in them, and what stands once for all rounds."""

    def __init__(self, files):
        self.files, self.found = files, []
        self.roster = self.transcript = self.ticket = None
        self.smaller = Counter()
        self.scope, self.phases, self.right, self.tickets = "per_draw", [], 0, 0

    def tell(self, code, file, line=0, detail=""):
        self.found.append(("draw." + code, file, line, detail))

    def take(self, name, code="file_missing"):
        if name not in self.files:
            self.tell(code, name)
        return self.files.get(name)

    def table(self, file, header):
        """Yield line and cells of each row that has as many cells as the header."""
        raw = self.files[file]
        if plain(raw) != raw:
            self.tell("saved_again", file)
        try:
            text = plain(raw).decode("utf-8")
        except UnicodeDecodeError:
            return self.tell("not_csv", file)
        rows = None if "\0" in text else cells_of(text)
        if rows is None:
            return self.tell("not_csv", file)
        if ",".join(rows[0]) not in (header, header.removesuffix(",group")):
            return self.tell("header", file, 1, header)
        for line, cells in enumerate(rows[1:], start=2):
            if len(cells) == len(rows[0]):
                yield line, cells
            else:
                self.tell("cells", file, line, len(rows[0]))

    def check(self):
        self.facts()
        rounds = sorted({found[1] for found in map(PATHS.fullmatch, self.files) if found and found[1]})
        self.unsure = bool(rounds) and "later-changes.csv" not in self.files  # who registered later, or lost a child
        if rounds or "later-changes.csv" in self.files:
            self.later("later-changes.csv")
        own = any(full("(draws|lists)/.*|cutoffs.csv", path) for path in self.files)
        for begin in ([""] if own or not rounds else []) + rounds:
            Round(self, begin).check()
        if self.ticket and not self.transcript["order"] and self.tickets > 1 and not self.right:
            self.tell("seed", "transcript.txt")
        self.as_published()
        return self.found

    def later(self, file):
        """Tell the changes; families that registered after the draw are parties of later rounds, on no roster."""
        changes = list(self.table(file, "event,number,change,school_id")) if self.take(file) is not None else None
        late = defaultdict(list)
        for line, cells in changes or ():
            self.tell("later_change", file, line, " ".join(cells))
            if cells[2] == "late":
                late[cells[0]].append(cells[1])
            self.smaller[cells[1]] += cells[2] == "smaller"
        self.smaller = +self.smaller
        for numbers in late.values() if self.roster is not None else ():
            self.roster.setdefault(min(numbers), str(len(numbers)))
        if changes == []:
            self.tell("later_none", file)

    def as_published(self):
        """Tell what differs from the digests in the page, where half of the files or digests are met.

        With the same transcript half of the paths will do, whatever stands in the files.
        """
        digests, told = digests_in_page(self.files.get("verify.html", b"")), {file for _, file, _, _ in self.found}
        given = self.files.keys() - {"verify.html"}
        same = {path for path in given if digests.get(path) == sha256(self.files[path]).hexdigest()}
        known = given & digests.keys() if "transcript.txt" in same else same
        is_of_this_draw = same and 2 * len(known) >= min(len(given), len(digests))
        for path in sorted((given | digests.keys()) - same - told) if is_of_this_draw else []:
            kind = re.match("(?:rounds/[^/]+/)?(draws|lists)/", path)
            missing = {"draws": "order_missing", "lists": "list_missing"}[kind[1]] if kind else "file_missing"
            self.tell("not_as_published" if path in given else missing, path)

    def facts(self):
        raw = self.take("transcript.txt")
        seed = sha256(raw or b"").hexdigest()
        self.transcript = Transcript(self, raw).lines if raw is not None else None
        if (policy := self.take("policy.yaml")) is not None:
            self.digest("policy.yaml", "policy", "changed_policy", "changed_policy_resaved")
            self.policy(policy.decode("utf-8", "ignore"))
        if self.take("draw-roster.csv") is not None:
            self.digest("draw-roster.csv", "roster", "changed_roster", "changed_roster_resaved")
            self.roster, last = {}, ""
            for line, (party, size) in self.table("draw-roster.csv", "id,size"):
                if self.roster and party <= last:
                    self.tell("roster_order", "draw-roster.csv", line, party)
                if not full("[1-9]", size):
                    self.tell("roster_size", "draw-roster.csv", line, size)
                self.roster[party], last = size, party
        if self.transcript:
            self.orders(seed, self.transcript["order"])

    def digest(self, file, name, changed, resaved):
        stated, found = (self.transcript or {}).get(name), sha256(self.files[file]).hexdigest()
        if stated and stated != found:
            again = sha256(plain(self.files[file])).hexdigest() == stated
            self.tell(resaved if again else changed, file, 0, found)
            if not again:
                self.tell(changed, "transcript.txt", 0, found)

    def policy(self, text):
        text = re.sub(r"(?m)(^|\s)#.*$", r"\1", text)
        scope = re.search(r"""(?a)\bticket_scope["']?\s*:\s*["']?(per_draw|per_session)\b""", text)
        self.scope = scope[1] if scope else "per_draw"
        if text.lstrip().startswith("{"):  # JSON is YAML too
            found = read_json(text)
            self.phases = [phase for phase in found.get("phases", ()) if isinstance(phase, dict) and "phase" in phase]
            return
        section = re.split(r"(?m)^(?=[^\s-])", [*re.split(r"(?m)^phases\s*:", text, maxsplit=1), ""][1])[0]
        dash = re.search(r"(?m)^ *- ", section)
        for item in re.split(f"(?m)^{dash[0]}", section)[1:] if dash else ():
            pairs = re.findall(r"""(?:^|[\s{,])["']?(phase|kind|draw|divert_draw)["']?\s*:\s*["']?([\w-]+)""", item)
            self.phases += [dict(reversed(pairs))] if "phase" in dict(pairs) else []

    def scope_seen(self):
        """Without the policy tickets are of the scope under which more of the first lines of the orders are right."""
        right = Counter()
        for path, raw in self.files.items():
            found = re.fullmatch(r"(?:rounds/[^/]+/)?draws/(.+)\.csv", path)
            first = raw.decode("utf-8", "ignore").split("\n")[1].split(",") if found and b"\n" in raw else []
            for self.scope in ("per_draw", "per_session") if len(first) > 3 else ():
                right[self.scope] += self.ticket(found[1], first[1]) == first[3]
        return "per_session" if right["per_session"] > right["per_draw"] else "per_draw"

    def orders(self, seed, order):
        """Set what is written where a ticket stands: a hash, a number, or a place of the ring."""
        kind, *stated = (order or "hash").split(":")
        if kind == "hash":
            def ticket(draw, party):
                word = "session" if self.scope == "per_session" else draw
                return sha256(f"{seed}|{word}|{party}".encode()).hexdigest()
            self.ticket = ticket
            if "policy.yaml" not in self.files:
                self.scope = self.scope_seen()
        elif kind == "ring" and self.roster is not None:
            start, step = int(stated[0]), int(stated[1])
            if start > len(self.roster):
                return self.tell("ring_start", "transcript.txt", 6, start)
            ring, at, places = list(self.roster), start - 1, {}
            while ring:
                places[ring.pop(at)] = str(len(places) + 1)
                at = (at + step - 1) % len(ring) if ring else 0
            self.ticket = lambda _, party: places.get(party, "")
        elif kind == "numbers" and self.take("numbers.csv", "numbers_missing") is not None:
            self.transcript["numbers"] = stated[1]
            self.digest("numbers.csv", "numbers", "changed_numbers", "numbers_resaved")
            numbers = self.numbers("numbers.csv")
            self.ticket = lambda _, party: numbers.get(party, "")

    def numbers(self, file):
        numbers, owners, last = {}, set(), None
        for line, (party, number) in self.table(file, "id,number"):
            if last is not None and party <= last:
                self.tell("numbers_order", file, line, party)
            if self.roster is not None and party not in self.roster:
                self.tell("party_unknown", file, line, party)
            if not full("0|[1-9][0-9]{0,99}", number):
                self.tell("number", file, line, number)
            elif number in owners:
                self.tell("number_twice", file, line, number)
            owners.add(number)
            numbers[party] = number
            last = party
        for party in self.roster or ():
            if party not in numbers:
                self.tell("number_missing", file, 0, party)
        return numbers

    def phase(self, label):
        """Return the phase of the policy to which a label of the tables belongs: batch-A to the batches."""
        return next((one for one in self.phases if one["phase"] == label
                     or (one.get("kind") == "batches" and label.startswith(one["phase"] + "-"))), None)

    def draw_id(self, label, step, school):
        """Return the id of the draw that a phase would hold at a school, held or not (procedure.md section 4)."""
        phase = self.phase(label)
        if phase is None:
            if label == "adjustment":
                return "adjust"
            label = "open" if label == "open-choice" and step != "receiving" else label
            return re.sub("^batch", "divert", label) if step == "receiving" else f"{label}/{school}"
        tail = label[len(phase["phase"]):]
        if phase.get("kind") == "adjustment":
            return phase.get("draw", "adjust")
        if step == "receiving":
            return phase.get("divert_draw", "") + tail
        default = "open" if label == "open-choice" else label
        return (phase["draw"] + tail if "draw" in phase else default) + "/" + school


class Transcript:
    """The one form of a transcript (lottery.md section 3); `lines` is None where it has another."""

    def __init__(self, folder, raw):
        self.folder, self.faults, self.sources, seen = folder, 0, [], []
        self.lines = None
        rows = self.rows(raw)
        if rows is None:
            return
        found = {"order": None}
        for row, line in rows:
            key, mark, value = line.partition("=")
            place = LINES.index(key) if mark and key in LINES else -1
            if place < 0:
                self.tell("unknown_line", row, line)
                continue
            if key in seen and key != "source":
                self.tell("line_twice", row)
            elif any(LINES.index(one) > place for one in seen):
                self.tell("line_order", row)
            seen.append(key)
            self.value(key, value, row)
            found[key] = value.removeprefix("sha256:") if key in LINES[1:4] else value
        for key in LINES[:4] + (() if "order" in seen else ("source",)):
            if key not in seen:
                self.tell("line_missing", 0, key)
        self.lines = None if self.faults else found

    def tell(self, code, line=0, detail=""):
        self.faults += 1
        self.folder.tell(code, "transcript.txt", line, detail)

    def rows(self, raw):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return self.tell("not_utf8")
        if text.startswith("\ufeff"):
            self.tell("bom", 1)
        if "\r" in text:
            self.tell("carriage_return")
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if not text.endswith("\n"):
            self.tell("no_final_line_end")
        kept = []
        for row, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
            bare = line.strip(SPACE)
            if not bare and row > 1:
                self.tell("blank_line", row)
                continue
            if bare != line:
                self.tell("line_space", row)
            kept.append((row, bare))
        if kept[0][1] != "school-draw/1":
            self.tell("version", 1, kept[0][1])
        return kept[1:]

    def value(self, key, value, row):
        if key == "event":
            hidden = any(unicodedata.category(sign)[0] == "C" or unicodedata.category(sign) in ("Zl", "Zp")
                         or (unicodedata.category(sign) == "Zs" and sign != " ") for sign in value)
            if hidden or value.strip() != value or not 1 <= len(value) <= 100:
                self.tell("event", row, value)
        elif key == "order":
            if not full("numbers:sha256:[0-9a-f]{64}|ring:[1-9][0-9]{0,17}:[1-9][0-9]{0,17}", value):
                self.tell("order", row, value)
        elif key != "source":
            if not full("sha256:[0-9a-f]{64}", value):
                self.tell("digest", row, value)
        else:
            self.source(value, row)

    def source(self, value, row):
        name, _, given = value.partition(":")
        witness = re.fullmatch("witness-([1-9][0-9]?)", name)
        if not witness and not full("drand-[a-z0-9][a-z0-9-]{0,40}", name):
            self.tell("source", row, value)
        else:
            if not all(self.sources) or (witness and int(witness[1]) != len(self.sources) + 1):
                self.tell("source_order", row, value)
            if not full("[0-9]{1,1000}|ABSENT" if witness else "[1-9][0-9]{0,19}:[0-9a-f]{64}", given):
                self.tell("digits" if witness else "drand", row, value)
        self.sources.append(bool(witness))


class Round:
    """Orders, cut-offs and lists of a run, or of one round of a book."""

    def __init__(self, folder, begin):
        self.folder, self.begin, self.tell = folder, begin, folder.tell
        self.cutoff_file = begin + "cutoffs.csv"
        own = sorted(path for path in folder.files if path.startswith(begin) and PATHS.fullmatch(path[len(begin):]))
        own = [path for path in own if begin or not path.startswith("rounds/")]
        self.orders, self.lists = ({
            path.removeprefix(begin + kind).removesuffix(".csv"): path for path in own if path.startswith(begin + kind)
        } for kind in ("draws/", "lists/"))
        self.seats, self.lost, self.first = {}, {}, {}

    def check(self):
        self.orders = {draw: (path, list(self.order_lines(path))) for draw, path in sorted(self.orders.items())}
        self.lists = {school: (path, list(self.list_lines(path, school)))
                      for school, path in sorted(self.lists.items())}
        raw = self.folder.take(self.cutoff_file)
        self.cutoffs = [] if raw is None else list(self.cutoff_lines())
        self.phase_of = {row["draw_id"]: row["phase"] for row in self.cutoffs if row["draw_id"]}
        for draw, (path, rows) in self.orders.items():
            self.find_seats(draw, path, rows)
        for draw, (path, rows) in self.orders.items():
            self.check_order(draw, path, rows)
        self.check_after()
        if raw is not None:
            self.check_cutoffs()
        self.check_lists()
        if raw is not None:
            self.check_counts()

    def order_lines(self, path):
        names = ORDER.split(",")
        for line, cells in self.folder.table(path, ORDER):
            yield {"line": line, "group": "1"} | dict(zip(names, cells, strict=False))

    def list_lines(self, path, school):
        last = ""
        for line, (number, name, batch, own, rank, ticket) in self.folder.table(path, LIST):
            wrong = {
                "list_id": not full(SLUG, number), "list_school": own != school, "list_batch": not batch,
                "list_name": not masked(name), "list_sequence": number < last,
                "list_lot": (rank == "") != (ticket == "") or (rank != "" and not full(RANK, rank)),
            }
            for code in (code for code, is_so in wrong.items() if is_so):
                self.tell(code, path, line, number)
            last = number
            yield {"line": line, "number": number, "batch": batch, "rank": rank, "ticket": ticket}

    def cutoff_lines(self):
        names = CUTOFFS.split(",")
        for line, cells in self.folder.table(self.cutoff_file, CUTOFFS):
            row = dict(zip(names, cells, strict=True)) | {"line": line}
            if wrong := wrong_cell(row):
                self.tell("cutoff_form", self.cutoff_file, line, wrong)
            else:
                yield row

    def find_seats(self, draw, path, rows):
        groups = defaultdict(set)
        for row in rows:
            groups[row["group"]].add(row["result"])
        for row in rows:
            seat = row["result"] == "admitted" if "/" in draw else row["result"] != "unplaced"
            if not seat:
                if row["result"] != "elsewhere":
                    self.lost[row["id"]] = (draw, row)
            elif row["id"] in self.seats:
                self.tell("two_seats", path, row["line"], row["id"])
            else:
                school = draw.partition("/")[2] if "/" in draw else row["result"]
                self.seats[row["id"]] = (school, draw, row, "/" not in draw or drawn(groups[row["group"]]))

    def check_order(self, draw, path, rows):
        folder, seen, above, group = self.folder, set(), None, 0
        folder.tickets += len(rows)
        if not all(full("[ -~]*", name) for name in chain([draw], (row["id"] for row in rows))):
            return self.tell("id_not_ascii", path)
        grouped = all(full(GROUP, row["group"]) for row in rows)
        for row in rows:
            line, party = row["line"], row["id"]
            ticket = folder.ticket and folder.ticket(draw, party)
            size = None if folder.roster is None else folder.roster.get(party)
            here = (int(row["group"]) if grouped else 0, above_first(ticket or ""), party)
            folder.right += ticket == row["ticket"]
            wrong = {
                "rank": row["rank"] != str(line - 1), "party_twice": party in seen,
                "party_unknown": folder.roster is not None and size is None and not folder.unsure,
                "party_size": size not in (None, row["size"]) and not self.has_shrunk(party, size, row),
                "group": here[0] > group + 1 if grouped else not full(GROUP, row["group"]),
                "ticket": folder.ticket and ticket != row["ticket"],
                "row_order": folder.ticket and grouped and above and here < above,
            }
            for code in (code for code, is_so in wrong.items() if is_so):
                self.tell(code, path, line, f"{party} {ticket}")
            seen.add(party)
            above, group = here, here[0]
        if "/" in draw:
            return self.check_results(path, rows)
        for row in rows:
            if row["result"] != "unplaced" and (not full(SLUG, row["result"]) or row["result"] in AT_SCHOOL):
                self.tell("result_school", path, row["line"], row["result"])

    def check_results(self, path, rows):
        ended, least, groups = False, 10**4, defaultdict(set)
        for row in rows:
            line, result, size = row["line"], row["result"], children(row["size"])
            if result not in AT_SCHOOL:
                self.tell("result", path, line, result)
            if ended and result in ("admitted", "passed_over"):
                self.tell("result_after_end", path, line, row["id"])
            elif result == "admitted" and least <= size:
                self.tell("result_after_bundle", path, line, row["id"])
            if result == "passed_over":
                if size < 2:
                    self.tell("result_single", path, line, row["id"])
                least = min(least, size or least)
            ended = ended or result == "not_admitted"
            groups[row["group"]].add(result)
        if rows and not any(map(drawn, groups.values())):
            self.tell("result_no_draw", path)

    def check_after(self):
        """Who found no seat in a batch at home stands in its diversion, and who found none there in the adjustment."""
        phases = self.folder.phases
        for at, phase in enumerate(phases):
            after = phases[at + 1] if at + 1 < len(phases) else {}
            adjust = self.folder.draw_id(after["phase"], "", "") if after.get("kind") == "adjustment" else None
            labels = {label for label in self.phase_of.values() if self.folder.phase(label) is phase}
            for label in labels if phase.get("kind") == "batches" else ():
                divert = self.folder.draw_id(label, "receiving", "")
                homes = [draw for draw in self.orders if "/" in draw and self.phase_of.get(draw) == label]
                lost = [row["id"] for draw in homes for row in self.lines(draw) if row["result"] != "admitted"]
                unplaced = [row["id"] for row in self.lines(divert) if row["result"] == "unplaced"]
                for order, parties in ((divert, lost), (adjust, unplaced)):
                    for party in set(parties) - {row["id"] for row in self.lines(order)}:
                        if order in self.orders:
                            self.tell("order_left_out", self.orders[order][0], 0, party)

    def lines(self, draw):
        return self.orders[draw][1] if draw in self.orders else []

    def check_cutoffs(self):
        ended, above = set(), None
        for row in self.cutoffs:
            here = (row["school_id"], ("", "home", "receiving").index(row["step"]))
            if above and row["phase"] != above[0]:
                ended.add(above[0])
            if row["phase"] in ended if not above or row["phase"] != above[0] else here <= above[1]:
                self.tell("cutoff_sequence", self.cutoff_file, row["line"], row["school_id"])
            above = (row["phase"], here)
            self.check_policy(row)
            if row["draw_id"] and row["draw_id"] not in self.orders:
                self.tell("order_missing", f"{self.begin}draws/{row['draw_id']}.csv")
        for draw, (path, lines) in self.orders.items():
            rows = [row for row in self.cutoffs if row["draw_id"] == draw]
            if not rows and "/" not in draw and all(line["result"] == "unplaced" for line in lines):
                continue  # nobody in it had a school to go to
            if not rows:
                self.tell("cutoff_missing", self.cutoff_file, 0, draw)
                self.tell("order_unknown", path)
            elif "/" in draw:
                for row in rows:
                    self.compare(row, expected_at_school(draw, lines))
            else:
                self.check_placements(draw, rows, lines)

    def check_policy(self, row):
        """Step and draw id are those of the phase; where no draw was held the first refused is a party all the same."""
        folder, phase, step = self.folder, self.folder.phase(row["phase"]), row["step"]
        draw = folder.draw_id(row["phase"], step, row["school_id"])
        wrong = ""
        if phase is not None and (phase.get("kind") == "batches") != (step != ""):
            wrong = "step"
        elif phase is not None and row["draw_id"] != draw and (row["draw_id"] or phase.get("kind") == "adjustment"):
            wrong = "draw_id"
        is_known = folder.ticket and folder.roster is not None and "policy.yaml" in folder.files and not folder.unsure
        if not row["draw_id"] and row["first_refused"] and is_known:
            divert = folder.draw_id(row["phase"], "receiving", "") if step == "home" else None
            parties = [line["id"] for line in self.lines(divert)] if divert in self.orders else folder.roster
            if all(folder.ticket(draw, party) != row["first_refused"] for party in parties):
                wrong = wrong or "first_refused"
        if wrong:
            self.tell("cutoff_value", self.cutoff_file, row["line"], f"{wrong} {row[wrong]}")

    def compare(self, row, expected):
        for column, value in expected.items():
            if row[column] != value:
                self.differ(row, f"{column} {row[column]} -> {value}")

    def differ(self, row, detail):
        """What differs is told of both files: either may be the one that was changed."""
        self.tell("cutoff_value", self.cutoff_file, row["line"], detail)
        self.tell("order_cutoff", self.orders[row["draw_id"]][0], 0, f"{row['school_id']} {detail}")

    def check_placements(self, draw, rows, lines):
        """Of a diversion or adjustment nobody can see which schools a party came past; only who ended where."""
        went = {line["ticket"]: line["result"] for line in lines}
        ends = defaultdict(list)
        for line in lines:
            ends[line["result"]].append(line)
        for row in rows:
            here, refused = ends.get(row["school_id"], []), row["first_refused"]
            last = here[-1] if here else {"ticket": "", "rank": ""}
            self.compare(row, {"admitted": str(sum(children(line["size"]) for line in here)),
                               "last_ticket": last["ticket"], "last_rank": last["rank"]})
            if int(row["wanted"]) > sum(children(line["size"]) for line in lines):
                self.differ(row, "wanted")
            if refused and went.get(refused, row["school_id"]) == row["school_id"]:
                self.differ(row, "first_refused")
        for school in ends.keys() - {row["school_id"] for row in rows} - {"unplaced"}:
            self.tell("cutoff_missing", self.cutoff_file, 0, f"{draw} {school}")

    def check_lists(self):
        for school, (path, lines) in self.lists.items():
            for line in lines:
                number = line["number"]
                if number in self.first:
                    self.tell("list_twice", path, line["line"], number)
                    continue
                self.first[number] = school
                if number in (self.folder.roster or ()) and (code := self.wrong_seat(line, school)):
                    for one in code:
                        self.tell(one, path, line["line"], number)
            if self.folder.roster is not None and not self.folder.unsure:
                self.check_bundles(path, lines)
        for party, (school, draw, _, _) in () if self.folder.unsure else self.seats.items():
            if school in self.lists and party not in self.first and party not in self.folder.smaller:
                self.tell("list_left_out", self.lists[school][0], 0, f"{party} {draw}")
        wanted = {seat[0] for seat in self.seats.values()}
        wanted |= {row["school_id"] for row in self.cutoffs if row["admitted"] != "0"}
        for school in sorted(wanted - self.lists.keys()):
            if full(SLUG, school):
                self.tell("list_missing", f"{self.begin}lists/{school}.csv")

    def wrong_seat(self, line, school):
        """Return the codes of a line of a list whose number is a party, against the seat that an order gives it."""
        if line["number"] not in self.seats:
            return self.wrong_without_seat(line, school)
        own, draw, row, lot = self.seats[line["number"]]
        if own != school:
            return ["list_other_school"]
        if self.phase_of.get(draw, line["batch"]) != line["batch"]:
            return ["list_other_way"]
        written = line["rank"] or line["ticket"]
        if not lot or not written:
            return [] if not lot and not written else ["list_draw_missing" if lot else "list_draw_added"]
        return [f"list_{name}" for name in ("rank", "ticket") if line[name] != row[name]]

    def wrong_without_seat(self, line, school):
        loss = self.lost.get(line["number"])
        is_gap = self.cutoff_file not in self.folder.files or any(
            phase == line["batch"] and one not in self.orders for one, phase in self.phase_of.items())
        draw = next((one for one, phase in self.phase_of.items()
                     if phase == line["batch"] and one.endswith("/" + school)), None)
        if draw in self.orders:
            if any(row["id"] == line["number"] for row in self.orders[draw][1]):
                return ["list_not_admitted"]
            return [] if is_gap else ["list_not_in_order"]
        if line["rank"] or line["ticket"]:
            return [] if is_gap else ["list_no_order"]
        unplaced = loss and "/" not in loss[0] and loss[1]["result"] == "unplaced"
        return ["list_unplaced"] if unplaced and self.phase_of.get(loss[0]) == line["batch"] else []

    def has_shrunk(self, party, size, row):
        """Whether a party has as many children less as left it while it waited."""
        return self.folder.unsure or 0 < children(size) - children(row["size"]) <= self.folder.smaller[party]

    def check_bundles(self, path, lines):
        """Of a bundle one number is on the roster; as many others as it has children stand in the same batch here.

        Of one that lost a child later nobody can see whose number remained.
        """
        unsure = sum(children(self.folder.roster.get(party, "0")) for party in self.folder.smaller)
        left = Counter()
        others = defaultdict(list)
        for line in lines:
            size = self.folder.roster.get(line["number"])
            left[line["batch"]] += max(0, children(size) - 1) if size is not None else 0
            if size is None:
                others[line["batch"]].append(line)
                if line["rank"] or line["ticket"]:
                    self.tell("list_draw_added", path, line["line"], line["number"])
        for batch, expected in left.items():
            if len(others[batch]) > expected + unsure:
                for line in others[batch]:
                    self.tell("list_unknown", path, line["line"], line["number"])
            elif len(others[batch]) < expected - unsure:
                self.tell("list_bundle", path, 0, f"{batch} {len(others[batch])} -> {expected}")

    def check_counts(self):
        for school, (path, lines) in self.lists.items():
            listed = Counter(line["batch"] for line in lines if line["batch"] != "decision")
            rows = [row for row in self.cutoffs if row["school_id"] == school]
            for phase in listed.keys() | {row["phase"] for row in rows}:
                admitted = sum(int(row["admitted"]) for row in rows if row["phase"] == phase)
                if admitted != listed[phase]:
                    self.tell("cutoff_list", self.cutoff_file, 0, f"{school} {phase} {admitted} -> {listed[phase]}")
                    self.tell("list_count", path, 0, f"{phase} {listed[phase]} -> {admitted}")
            for row in rows:
                self.check_undrawn(row, lines)

    def check_undrawn(self, row, lines):
        """Where no draw was held the last admitted is one of those on the list; in a batch, the last of them all.

        In a round of a book some go first by an earlier claim, and the last of them is not the last by ticket.
        """
        roster, ticket = self.folder.roster, self.folder.ticket if "policy.yaml" in self.folder.files else None
        if row["draw_id"] or row["admitted"] == "0" or ticket is None or roster is None or self.folder.unsure:
            return
        draw = self.folder.draw_id(row["phase"], row["step"], row["school_id"])
        here = [ticket(draw, line["number"]) for line in lines
                if line["batch"] == row["phase"] and not line["ticket"] and line["number"] in roster]
        if row["step"] != "home" or self.begin.startswith("rounds/"):
            wrong = row["last_ticket"] not in here
        else:
            last = max(here, key=above_first, default="")
            wrong = (row["last_ticket"], row["last_rank"]) != (last, str(len(here)))
        if wrong:
            self.tell("cutoff_value", self.cutoff_file, row["line"], f"{row['last_ticket']} {row['last_rank']}")


def wrong_cell(row):
    """Return the first column of a line of the cut-offs whose cell cannot be so; "" if none."""
    count, nobody = "0|[1-9][0-9]{0,8}", row["admitted"] == "0"
    checks = {
        "school_id": full(SLUG, row["school_id"]), "phase": row["phase"] != "",
        "step": row["step"] in ("", "home", "receiving"), "tier": full("([1-9][0-9]{0,3})?", row["tier"]),
        "wanted": full(RANK, row["wanted"]), "admitted": full(count, row["admitted"]),
        "last_rank": row["last_rank"] == "" if nobody else full(RANK, row["last_rank"]),
        "last_ticket": nobody == (row["last_ticket"] == ""),
        "first_refused": (row["admitted"] == row["wanted"]) == (row["first_refused"] == ""),
        "draw_id": row["draw_id"] or row["step"] != "receiving",
        "category": not (nobody and (row["tier"] or row["category"])),
    }
    wrong = next((column for column, is_right in checks.items() if not is_right), "")
    return wrong or ("admitted" if int(row["admitted"]) > int(row["wanted"]) else "")


def expected_at_school(draw, lines):
    wanted = [line for line in lines if line["result"] != "elsewhere"]
    inside = [line for line in wanted if line["result"] == "admitted"]
    last = inside[-1] if inside else {"ticket": "", "rank": ""}
    refused = next((line["ticket"] for line in wanted if line["result"] != "admitted"), "")
    return {
        "school_id": draw.partition("/")[2], "wanted": str(sum(children(line["size"]) for line in wanted)),
        "admitted": str(sum(children(line["size"]) for line in inside)),
        "last_ticket": last["ticket"], "last_rank": last["rank"], "first_refused": refused,
    }


def masked(name):
    """Say whether a name shows no more than its first sign and, of three and more, its last."""
    name = unicodedata.normalize("NFC", name[1:] if full("'[=+\\-@\t\r'＝＋－＠].*", name) else name).strip()
    shown = [sign for at, sign in enumerate(name) if at == 0 or unicodedata.category(sign)[0] != "M"]
    signs = [sign for sign in shown if sign != "·" and not sign.isspace() and unicodedata.category(sign) != "Cf"]
    return set(signs[1:-1] if len(signs) > 2 else signs[1:]) <= {"*"}


def digests_in_page(page):
    """Return the digests by path that the page was published with; none where there is no page or no such data."""
    block = re.search(rb'<script id="words" type="application/json">(.*?)</script>', page, re.S)
    digests = read_json(block[1]).get("digests", {}) if block else {}
    return {path: found for path, found in digests.items() if isinstance(found, str)}


def read_json(text):
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def read_folder(top):
    names = {path.relative_to(top).as_posix(): path for path in top.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in names.items()
            if name in TOP or name == "verify.html" or PATHS.fullmatch(name)}


def main(arguments):
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("python verify_draw.py FOLDER", file=sys.stderr)
        return 2
    found = Folder(read_folder(Path(arguments[0]))).check()
    shown = Counter()
    for code, file, line, detail in found:
        shown[code, file] += 1
        if shown[code, file] <= 3:
            print(code, f"{file}:{line}" if line else file, detail)
    codes = {code for code, _, _, _ in found}
    state = "mismatch" if codes - MISSING - LATER else "incomplete" if codes else "ok"
    words = {"ok": "全部相符", "incomplete": "未发现不符，但文件不全", "mismatch": "发现不符"}
    print(f"{state} {words[state]}")
    return {"ok": 0, "incomplete": 1, "mismatch": 3}[state]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
