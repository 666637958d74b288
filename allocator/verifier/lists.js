// The public lists against the orders (public.md sections 3 and 5): every winner on the list of its school with rank
// and ticket, nobody else in the place of one, nobody twice, as many children of bundles as the roster says.

const NUMBER = /^[A-Za-z0-9-]{1,32}$/;
const DECIDED = "decision";

// Returns the lines of a list as objects, and tells what is wrong with its form.
function readList(bytes, school, tell) {
  const rows = readTable(bytes, [HEADERS.list], tell) || [];
  const lines = rows.map(({ line, cells: [number, name, batch, school_id, rank, ticket] }) =>
    ({ line, number, name, batch, school: school_id, rank, ticket }));
  let above = null;
  for (const line of lines) {
    if (!NUMBER.test(line.number)) tell("draw.list_id", line.line, { value: line.number });
    if (line.school !== school) tell("draw.list_school", line.line, { expected: school, value: line.school });
    if (!line.batch) tell("draw.list_batch", line.line, {});
    if (!isMasked(line.name)) tell("draw.list_name", line.line, {});
    if ((line.rank === "") !== (line.ticket === "") || (line.rank && !RANK.test(line.rank))) {
      tell("draw.list_lot", line.line, { value: line.rank });
    }
    if (above && line.number < above.number) {
      tell("draw.list_sequence", line.line, { above: above.number, value: line.number });
    }
    above = line;
  }
  return lines;
}

// A masked name shows its first sign and, of three and more, its last (public.md section 3); none at all is allowed
// too.
function isMasked(name) {
  const bare = /^'[=+\-@\t\r'＝＋－＠]/.test(name) ? name.slice(1) : name;
  const signs = [];
  for (const sign of bare.normalize("NFC").trim()) {
    if (signs.length && /\p{M}|\p{Cf}/u.test(sign)) continue;
    if (sign !== "·" && !/\s/.test(sign)) signs.push(sign);
  }
  const hidden = signs.slice(1, signs.length > 2 ? -1 : undefined);
  return hidden.every((sign) => sign === "*");
}

// Checks all lists of a set; a generator: see check.js.
function* checkLists(set, facts, findings) {
  const missing = [...set.phaseOfDraw.keys()].filter((id) => !set.orders.has(id));
  set.gaps = new Set(missing.map((id) => set.phaseOfDraw.get(id)));
  const atSchools = [...set.phaseOfDraw].filter(([id]) => isAtSchool(id));
  set.drawAt = new Map(atSchools.map(([id, phase]) => [phase + "\n" + schoolOf(id), id]));
  const first = new Map();
  for (const [school, list] of set.lists) {
    const tell = findings.ofFile(list.path);
    for (const line of list.lines) {
      if (line.line % SLICE === 0) yield;
      const other = first.get(line.number);
      if (other) {
        tell("draw.list_twice", line.line, { file: other.path, line: String(other.line.line), value: line.number });
        continue;
      }
      first.set(line.number, { path: list.path, line });
      if (facts.roster && facts.roster.has(line.number)) checkSeat(line, school, set, facts, tell);
    }
    if (facts.roster && !facts.changesUnknown) checkBundles(list.lines, facts, tell);
  }
  for (const [party, seat] of facts.changesUnknown ? [] : set.seats) {
    if (set.lists.has(seat.school) && !first.has(party) && !facts.smaller.has(party)) {
      findings.tell("draw.list_left_out", set.lists.get(seat.school).path, 0, { order: seat.path, value: party });
    }
  }
  yield;
  checkListsThere(set, findings);
  checkCounts(set, facts, findings);
}

// One line of a number that is a party, against the seat that an order gives it.
function checkSeat(line, school, set, facts, tell) {
  const seat = set.seats.get(line.number);
  if (!seat) checkNoSeat(line, school, set, facts, tell);
  else if (seat.school !== school) {
    tell("draw.list_other_school", line.line, { order: seat.path, school: seat.school, value: line.number });
  } else {
    const phase = set.phaseOfDraw.get(seat.drawId);
    if (phase && phase !== line.batch) {
      tell("draw.list_other_way", line.line, { order: seat.path, phase, value: line.batch });
    } else if (!seat.lot) {
      if (line.rank || line.ticket) tell("draw.list_draw_added", line.line, { order: seat.path, value: line.rank });
    } else if (!line.rank && !line.ticket) tell("draw.list_draw_missing", line.line, { order: seat.path });
    else {
      if (line.rank !== seat.row.rank) tell("draw.list_rank", line.line, { expected: seat.row.rank, value: line.rank });
      if (line.ticket !== seat.row.ticket) {
        tell("draw.list_ticket", line.line, { expected: seat.row.ticket, value: line.ticket });
      }
    }
  }
}

// A number to which no order here gives a seat: none may have refused it in that batch, and no lot may stand there.
function checkNoSeat(line, school, set, facts, tell) {
  const loss = set.lost.get(line.number);
  const order = set.orders.get(set.drawAt.get(line.batch + "\n" + school));
  const isGap = !set.hasCutoffs || set.gaps.has(line.batch);
  if (order) {
    order.ids = order.ids || new Set(order.rows.map((row) => row.id));
    const stood = order.ids.has(line.number);
    if (!stood && isGap) return; // an order that is not here may have given the seat
    const code = stood ? "draw.list_not_admitted" : "draw.list_not_in_order";
    tell(code, line.line, { order: order.path, value: line.number });
  } else if (line.rank || line.ticket) {
    if (!isGap) tell("draw.list_no_order", line.line, { order: "draws/", value: line.number });
  } else if (loss && loss.row.result === UNPLACED && set.phaseOfDraw.get(loss.drawId) === line.batch) {
    tell("draw.list_unplaced", line.line, { order: loss.path, value: line.number });
  }
}

// Of a bundle only one number is on the roster; the others stand on the same list, in the same batch. Of one that
// lost a child later nobody can see whose number remained.
function checkBundles(lines, facts, tell) {
  const roster = facts.roster;
  const unsure = [...facts.smaller.keys()].reduce((sum, party) => sum + sizeOf(roster.get(party) || "0"), 0);
  const places = new Map();
  for (const line of lines) {
    const place = places.get(line.batch) || { expected: 0, others: [] };
    places.set(line.batch, place);
    const size = roster.get(line.number);
    if (size === undefined) place.others.push(line);
    else place.expected += Math.max(0, sizeOf(size) - 1);
    if (size === undefined && (line.rank || line.ticket)) {
      tell("draw.list_draw_added", line.line, { order: "draws/", value: line.rank });
    }
  }
  for (const { expected, others } of places.values()) {
    if (others.length > expected + unsure) {
      for (const line of others) tell("draw.list_unknown", line.line, { value: line.number });
    } else if (others.length < expected - unsure) {
      tell("draw.list_bundle", 0, { expected: String(expected), found: String(others.length) });
    }
  }
}

// Every school to which an order or a line of the cut-offs gives somebody has its list.
function checkListsThere(set, findings) {
  const schools = new Set([...set.seats.values()].map((seat) => seat.school));
  for (const row of set.cutoffs) if (row.admitted !== "0") schools.add(row.school_id);
  for (const school of [...schools].filter((id) => SCHOOL_ID.test(id)).sort()) {
    if (!set.lists.has(school)) findings.tell("draw.list_missing", set.path(`lists/${school}.csv`));
  }
}

// As many children stand on a list in a batch as the cut-offs say were admitted there.
function checkCounts(set, facts, findings) {
  if (!set.hasCutoffs) return;
  const tell = findings.ofFile(set.path("cutoffs.csv"));
  for (const [school, list] of set.lists) {
    const tellList = findings.ofFile(list.path);
    const listed = new Map();
    for (const { batch } of list.lines) if (batch !== DECIDED) listed.set(batch, (listed.get(batch) || 0) + 1);
    const rows = set.cutoffs.filter((row) => row.school_id === school);
    const phases = new Set([...listed.keys(), ...rows.map((row) => row.phase)]);
    for (const phase of phases) {
      const admitted = rows.filter((row) => row.phase === phase).reduce((sum, row) => sum + Number(row.admitted), 0);
      const found = listed.get(phase) || 0;
      if (admitted === found) continue;
      const line = (rows.find((row) => row.phase === phase) || { line: 0 }).line;
      tell("draw.cutoff_list", line, { school, phase, expected: String(found), value: String(admitted) });
      tellList("draw.list_count", 0, { phase, expected: String(admitted), found: String(found) });
    }
    for (const row of rows) checkUndrawn(row, list.lines, facts, tell, set.path("").startsWith("rounds/"));
  }
}

// Where no draw was held the last admitted is one of those on the list; in a batch, who stands behind all others. In
// a round of a book some go first by an earlier claim, and the last of them is not the last by ticket.
function checkUndrawn(row, lines, facts, tell, isRound) {
  if (row.draw_id || row.admitted === "0" || !facts.order || !facts.roster || !facts.policy) return;
  if (facts.changesUnknown) return;
  const drawId = drawIdOf(facts.policy, row.phase, row.step, row.school_id);
  const parties = lines.filter((line) => line.batch === row.phase && !line.ticket && facts.roster.has(line.number));
  const tickets = parties.map((line) => facts.order.ticket(drawId, line.number));
  if (row.step === "home" && !isRound) {
    const last = tickets.reduce((most, ticket) => (beforeTicket(most, ticket) ? ticket : most), "");
    if (last !== row.last_ticket) {
      tell("draw.cutoff_value", row.line, { column: "last_ticket", expected: last, value: row.last_ticket });
    } else if (row.last_rank !== String(parties.length)) {
      const expected = String(parties.length);
      tell("draw.cutoff_value", row.line, { column: "last_rank", expected, value: row.last_rank });
    }
  } else if (!tickets.includes(row.last_ticket)) {
    tell("draw.cutoff_value", row.line, { column: "last_ticket", expected: "–", value: row.last_ticket });
  }
}
