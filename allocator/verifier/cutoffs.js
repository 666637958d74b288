// The cut-offs against the orders (public.md section 2): of every school and phase how many wanted a seat, how many got
// one, the last admitted and the first refused. Children are counted; ranks and tickets are of parties.

const COUNT = /^(?:0|[1-9][0-9]{0,8})$/;
const RANK = /^[1-9][0-9]{0,8}$/;
const STEPS = ["", "home", "receiving"];
const CUTOFF_FIELDS = HEADERS.cutoffs.split(",");

// Returns the lines as objects by their columns; lines whose cells cannot be right are told and left out.
function readCutoffs(bytes, tell) {
  const found = [];
  for (const { line, cells } of readTable(bytes, [HEADERS.cutoffs], tell) || []) {
    const row = { line };
    CUTOFF_FIELDS.forEach((name, at) => { row[name] = cells[at]; });
    const wrong = wrongCell(row);
    if (wrong) tell("draw.cutoff_form", line, { column: wrong, value: row[wrong] });
    else found.push(row);
  }
  return found;
}

// Returns the name of the first column whose cell cannot be right, by itself or beside the others; "" if none.
function wrongCell(row) {
  if (!SCHOOL_ID.test(row.school_id)) return "school_id";
  if (!row.phase) return "phase";
  if (!STEPS.includes(row.step)) return "step";
  if (!/^(?:[1-9][0-9]{0,3})?$/.test(row.tier)) return "tier";
  if (!COUNT.test(row.wanted) || row.wanted === "0") return "wanted";
  if (!COUNT.test(row.admitted) || Number(row.admitted) > Number(row.wanted)) return "admitted";
  const nobody = row.admitted === "0";
  if (nobody ? row.last_rank !== "" : !RANK.test(row.last_rank)) return "last_rank";
  if (nobody !== (row.last_ticket === "")) return "last_ticket";
  if ((row.admitted === row.wanted) !== (row.first_refused === "")) return "first_refused";
  if (row.step === "receiving" && !row.draw_id) return "draw_id";
  if (nobody && (row.tier || row.category)) return row.tier ? "tier" : "category";
  return "";
}

// Lines stand by phase, then school, then step, none twice.
function checkCutoffSequence(rows, tell) {
  const ended = new Set();
  let above = null;
  for (const row of rows) {
    if (above && row.phase !== above.phase) ended.add(above.phase);
    const isLater = !above || row.phase !== above.phase
      ? !ended.has(row.phase)
      : row.school_id > above.school_id
        || (row.school_id === above.school_id && STEPS.indexOf(row.step) > STEPS.indexOf(above.step));
    if (!isLater) tell("draw.cutoff_sequence", row.line, { value: `${row.school_id} ${row.phase} ${row.step}` });
    above = row;
  }
}

// Checks every line that names a draw against its order, every order against its lines, and the other lines as far as
// the lists show who was admitted without a draw.
function* checkCutoffs(set, facts, findings) {
  const tell = findings.ofFile(set.path("cutoffs.csv"));
  checkCutoffSequence(set.cutoffs, tell);
  const named = new Map();
  for (const row of set.cutoffs) {
    checkAgainstPolicy(row, facts.policy, tell);
    if (!row.draw_id) {
      yield* checkUndrawnRefused(row, set, facts, tell);
      continue;
    }
    if (!named.has(row.draw_id)) named.set(row.draw_id, []);
    named.get(row.draw_id).push(row);
  }
  for (const drawId of named.keys()) {
    if (!set.orders.has(drawId)) findings.tell("draw.order_missing", set.path(`draws/${drawId}.csv`));
  }
  for (const [drawId, order] of set.orders) {
    yield;
    const rows = named.get(drawId) || [];
    const tellOrder = findings.ofFile(order.path);
    if (!rows.length) {
      const wanted = isAtSchool(drawId) || order.rows.some((row) => row.result !== UNPLACED);
      if (!wanted) continue; // nobody in it had a school to go to
      tell("draw.cutoff_missing", 0, { value: drawId });
      findings.tell("draw.order_unknown", order.path);
    } else if (isAtSchool(drawId)) {
      rows.forEach((row) => checkAgainstSchoolOrder(row, drawId, order.rows, tell, tellOrder));
    } else checkAgainstPlacements(rows, drawId, order.rows, tell, tellOrder);
  }
}

// Step and draw id are those of the phase in the policy, where it is known.
function checkAgainstPolicy(row, policy, tell) {
  const phase = phaseOf(policy, row.phase);
  if (!phase) return;
  if ((phase.kind === "batches") !== (row.step !== "")) {
    const expected = phase.kind === "batches" ? "home | receiving" : "–";
    tell("draw.cutoff_value", row.line, { column: "step", expected, value: row.step });
    return;
  }
  const drawId = drawIdOf(policy, row.phase, row.step, row.school_id);
  const isMissing = !row.draw_id && phase.kind === "adjustment";
  if (isMissing || (row.draw_id && row.draw_id !== drawId)) {
    tell("draw.cutoff_value", row.line, { column: "draw_id", expected: drawId, value: row.draw_id });
  }
}

// Where no draw was held the first refused is a party all the same: of a batch one that was diverted.
function* checkUndrawnRefused(row, set, facts, tell) {
  if (!row.first_refused || !facts.order || !facts.roster || !facts.policy || facts.changesUnknown) return;
  const drawId = drawIdOf(facts.policy, row.phase, row.step, row.school_id);
  const diverted = row.step === "home" ? set.orders.get(drawIdOf(facts.policy, row.phase, "receiving", "")) : null;
  let count = 0;
  for (const party of diverted ? diverted.rows.map((line) => line.id) : facts.roster.keys()) {
    if (++count % SLICE === 0) yield;
    if (facts.order.ticket(drawId, party) === row.first_refused) return;
  }
  tell("draw.cutoff_value", row.line, { column: "first_refused", expected: "–", value: row.first_refused });
}

// What differs is told of both files: either of them may be the one that was changed.
function compare(row, expected, tell, tellOrder) {
  for (const [column, value] of Object.entries(expected)) {
    if (row[column] === value) continue;
    tellOrder("draw.order_cutoff", 0, { column, school: row.school_id, value: "" });
    tell("draw.cutoff_value", row.line, { column, expected: value, value: row[column] });
  }
}

function checkAgainstSchoolOrder(row, drawId, rows, tell, tellOrder) {
  const sum = (lines) => String(lines.reduce((count, line) => count + sizeOf(line.size), 0));
  const wanted = rows.filter((line) => line.result !== "elsewhere");
  const admitted = wanted.filter((line) => line.result === "admitted");
  const last = admitted[admitted.length - 1];
  const refused = wanted.find((line) => line.result !== "admitted");
  compare(row, {
    school_id: schoolOf(drawId), wanted: sum(wanted), admitted: sum(admitted),
    last_ticket: last ? last.ticket : "", last_rank: last ? last.rank : "",
    first_refused: refused ? refused.ticket : "",
  }, tell, tellOrder);
}

// In a diversion or adjustment nobody can see which schools a party came past; only who ended where.
function checkAgainstPlacements(rows, drawId, lines, tell, tellOrder) {
  const ends = new Map();
  let everybody = 0;
  for (const line of lines) {
    const children = sizeOf(line.size);
    everybody += children;
    const end = ends.get(line.result) || { children: 0 };
    ends.set(line.result, { children: end.children + children, ticket: line.ticket, rank: line.rank });
  }
  const elsewhere = new Map(lines.map((line) => [line.ticket, line.result]));
  for (const row of rows) {
    const end = ends.get(row.school_id);
    compare(row, {
      admitted: String(end ? end.children : 0), last_ticket: end ? end.ticket : "", last_rank: end ? end.rank : "",
    }, tell, tellOrder);
    const isTooMany = Number(row.wanted) > everybody;
    if (isTooMany) {
      tell("draw.cutoff_value", row.line, { column: "wanted", expected: `<= ${everybody}`, value: row.wanted });
    }
    const went = elsewhere.get(row.first_refused);
    const isNobody = row.first_refused && (went === undefined || went === row.school_id);
    if (isTooMany || isNobody) {
      tellOrder("draw.order_cutoff", 0, { column: isNobody ? "first_refused" : "wanted", school: row.school_id });
    }
    if (isNobody) {
      tell("draw.cutoff_value", row.line, { column: "first_refused", expected: "–", value: row.first_refused });
    }
  }
  for (const school of ends.keys()) {
    if (school !== UNPLACED && !rows.some((row) => row.school_id === school)) {
      tell("draw.cutoff_missing", 0, { value: `${school} ${drawId}` });
    }
  }
}
