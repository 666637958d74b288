// The published orders, computed again line by line (lottery.md sections 4 to 6, procedure.md sections 2 and 3):
// ticket, rank, size, order by group then ticket, and results that can be true.

const AT_SCHOOL = ["admitted", "not_admitted", "passed_over", "elsewhere"];
const UNPLACED = "unplaced";
const SCHOOL_ID = /^[A-Za-z0-9-]{1,32}$/;
const GROUP = /^[1-9][0-9]{0,5}$/;
const SLICE = 4096;

const isAtSchool = (drawId) => drawId.includes("/");
const schoolOf = (drawId) => drawId.slice(drawId.indexOf("/") + 1);
const sizeOf = (text) => (/^[0-9]{1,3}$/.test(text) ? Number(text) : 0);

// Returns the lines of an order as objects.
function readOrder(bytes, tell) {
  const rows = readTable(bytes, [HEADERS.order, HEADERS.order.replace(",group", "")], tell) || [];
  return rows.map(({ line, cells: [rank, id, size, ticket, result, group = "1"] }) =>
    ({ line, rank, id, size, ticket, result, group }));
}

// Checks one order against the roster and the tickets; returns how many tickets are as written. A generator: see
// check.js.
function* checkOrder(drawId, rows, facts, order, tell) {
  if (!/^[\x20-\x7e]*$/.test(drawId) || rows.some((row) => !/^[\x20-\x7e]*$/.test(row.id))) {
    tell("draw.id_not_ascii", 0);
    return 0;
  }
  const seen = new Set();
  let right = 0;
  let above = null;
  let group = 0;
  const isGrouped = rows.every((row) => GROUP.test(row.group));
  for (const row of rows) {
    if (row.line % SLICE === 0) yield;
    if (row.rank !== String(row.line - 1)) {
      tell("draw.rank", row.line, { expected: String(row.line - 1), value: row.rank });
    }
    if (seen.has(row.id)) tell("draw.party_twice", row.line, { value: row.id });
    seen.add(row.id);
    if (facts.roster && !facts.changesUnknown) checkParty(row, facts, tell);
    if (!GROUP.test(row.group) || (isGrouped && Number(row.group) > group + 1)) {
      tell("draw.group", row.line, { value: row.group });
    }
    group = Number(row.group);
    if (!order) continue;
    const ticket = order.ticket(drawId, row.id);
    if (ticket === row.ticket) right++;
    else tell("draw.ticket", row.line, { expected: ticket, value: row.ticket });
    const here = { group: Number(row.group), ticket, id: row.id };
    if (isGrouped && above && standsBefore(here, above)) {
      tell("draw.row_order", row.line, { above: above.ticket, value: ticket });
    }
    above = here;
  }
  if (isAtSchool(drawId)) checkResults(rows, tell);
  else checkPlacements(rows, tell);
  return right;
}

function checkParty(row, facts, tell) {
  const size = facts.roster.get(row.id);
  const lost = Number(size) - Number(row.size);
  if (size === undefined) tell("draw.party_unknown", row.line, { value: row.id });
  else if (size !== row.size && !(lost > 0 && lost <= (facts.smaller.get(row.id) || 0))) {
    tell("draw.party_size", row.line, { expected: size, value: row.size });
  }
}

function standsBefore(one, other) {
  if (one.group !== other.group) return one.group < other.group;
  return one.ticket !== other.ticket ? beforeTicket(one.ticket, other.ticket) : one.id < other.id;
}

// At a school: nobody is admitted below one that found no seat, nor as large a bundle as one that was passed over.
function checkResults(rows, tell) {
  let ended = 0;
  let least = 0;
  const groups = new Map();
  for (const { line, size, result, group } of rows) {
    if (!AT_SCHOOL.includes(result)) tell("draw.result", line, { expected: AT_SCHOOL.join(", "), value: result });
    const children = sizeOf(size);
    if (ended && (result === "admitted" || result === "passed_over")) {
      tell("draw.result_after_end", line, { line: String(ended), value: result });
    } else if (result === "admitted" && least > 0 && least <= children) {
      tell("draw.result_after_bundle", line, { size: String(least), value: result });
    }
    if (result === "passed_over") {
      if (children < 2) tell("draw.result_single", line, { value: result });
      least = Math.min(least || children, children);
    }
    if (result === "not_admitted") ended = ended || line;
    if (!groups.has(group)) groups.set(group, new Set());
    groups.get(group).add(result);
  }
  if (rows.length && ![...groups.values()].some(isDrawn)) tell("draw.result_no_draw", 0);
}

// A draw is held among equals exactly where some of them were admitted and some were not.
const isDrawn = (results) =>
  results.has("admitted") && (results.has("not_admitted") || results.has("passed_over"));

function checkPlacements(rows, tell) {
  for (const { line, result } of rows) {
    const isSchool = SCHOOL_ID.test(result) && !AT_SCHOOL.includes(result);
    if (result !== UNPLACED && !isSchool) tell("draw.result_school", line, { expected: UNPLACED, value: result });
  }
}

// Whoever found no seat in a batch at home stands in its diversion, and who found none there in an adjustment next to
// it.
function* checkAfter(set, policy, tellOf) {
  for (const phase of policy ? policy.phases : []) {
    if (phase.kind !== "batches") continue;
    const next = policy.phases[policy.phases.indexOf(phase) + 1];
    const adjust = next && next.kind === "adjustment" ? set.orders.get(drawIdOf(policy, next.id, "", "")) : null;
    const labels = new Set([...set.phaseOfDraw.values()].filter((label) => phaseOf(policy, label) === phase));
    for (const label of labels) {
      yield;
      const homes = [...set.orders].filter(([id]) => isAtSchool(id) && set.phaseOfDraw.get(id) === label);
      const divert = set.orders.get(drawIdOf(policy, label, "receiving", ""));
      const lost = homes.flatMap(([, { rows }]) => rows.filter((row) => row.result !== "admitted"));
      demandStanding(lost, divert, tellOf);
      demandStanding(divert ? divert.rows.filter((row) => row.result === UNPLACED) : [], adjust, tellOf);
    }
  }
}

function demandStanding(rows, order, tellOf) {
  if (!order) return;
  const there = new Set(order.rows.map((row) => row.id));
  for (const row of rows) if (!there.has(row.id)) tellOf(order.path)("draw.order_left_out", 0, { value: row.id });
}

// Returns by party the seat that an order gives it: { school, drawId, row, lot } with lot where its group was drawn.
function* seatsOf(orders, tellOf) {
  const seats = new Map();
  const lost = new Map();
  for (const [drawId, { path, rows }] of orders) {
    yield;
    const atSchool = isAtSchool(drawId);
    const groups = new Map();
    for (const row of rows) groups.set(row.group, (groups.get(row.group) || new Set()).add(row.result));
    for (const row of rows) {
      const isSeat = atSchool ? row.result === "admitted" : row.result !== UNPLACED;
      if (!isSeat) {
        if (row.result !== "elsewhere") lost.set(row.id, { drawId, path, row });
        continue;
      }
      const school = atSchool ? schoolOf(drawId) : row.result;
      const lot = !atSchool || isDrawn(groups.get(row.group));
      const other = seats.get(row.id);
      if (other) tellOf(path)("draw.two_seats", row.line, { order: other.path, value: row.id });
      else seats.set(row.id, { school, drawId, path, row, lot });
    }
  }
  return { seats, lost };
}
