// The answer to a registration number: what the files say of it, each draw with rank, ticket, cut-off and clause.

const WHY = {
  admitted: "family.why_admitted", not_admitted: "family.why_not_admitted", passed_over: "family.why_passed_over",
  elsewhere: "family.why_elsewhere",
};
const OUTCOMES = {
  admitted: "family.answer_admitted", placed: "family.answer_adjusted", diverted: "family.answer_diverted",
  refused: "family.answer_refused",
  "not-drawn": "family.answer_not_drawn", unknown: "family.answer_unknown",
};

const onRoster = (result, number) => Boolean(result.facts.roster && result.facts.roster.has(number));

// Returns a number as it stands in the files for one that was typed: full width and small letters are allowed.
function typedNumber(typed, result) {
  const plain = typed.normalize("NFKC").replace(/\s/g, "");
  const known = (number) => onRoster(result, number) || result.sets.some((set) => listedIn(set, number));
  const upper = plain.toUpperCase();
  return !known(plain) && known(upper) ? upper : plain;
}

// Returns { outcome, school, number, sets: [{ begin, listed, places }] } of one number.
function answerTo(number, result) {
  const answer = { number, outcome: "unknown", school: "", sets: [], later: [] };
  let stood = false;
  for (const set of result.sets) {
    const places = placesIn(set, number);
    const seat = set.seats.get(number) || null;
    const listed = listedIn(set, number);
    stood = stood || places.length > 0;
    if (seat || listed) {
      answer.outcome = seat && !isAtSchool(seat.drawId) ? "placed" : "admitted";
      answer.said = answer.outcome === "placed" && isDiversion(set, seat.drawId) ? "diverted" : answer.outcome;
      answer.school = listed ? listed.school : seat.school;
    }
    if (places.length || listed) answer.sets.push({ set, listed, seat, places });
  }
  if (answer.outcome === "unknown" && stood) answer.outcome = "refused";
  else if (answer.outcome === "unknown" && onRoster(result, number)) answer.outcome = "not-drawn";
  answer.later = result.facts.later.filter((change) => change.number === number);
  return answer;
}

// Whether an order is that of a diversion, as the cut-offs say.
const isDiversion = (set, drawId) => set.cutoffs.some((row) => row.draw_id === drawId && row.step === "receiving");

// Returns where a number stands in the orders, in the order of the phases.
function placesIn(set, number) {
  const found = [];
  for (const [drawId, order] of set.orders) {
    const row = order.rows.find((line) => line.id === number);
    if (row) found.push({ drawId, row, count: order.rows.length });
  }
  const rank = (place) => {
    const at = set.cutoffs.findIndex((row) => row.phase === set.phaseOfDraw.get(place.drawId));
    return (at < 0 ? set.cutoffs.length : at) + (isAtSchool(place.drawId) ? 0 : 0.5);
  };
  for (const place of found) place.whole = isOfWholeBatch(set, place, found);
  return found.sort((one, other) => rank(one) - rank(other));
}

// Whether a diversion is that of a whole batch, which found no seat at its school: no order there has the number.
function isOfWholeBatch(set, { drawId }, found) {
  if (!isDiversion(set, drawId)) return false;
  const ofBatch = (id) => isAtSchool(id) && set.phaseOfDraw.get(id) === set.phaseOfDraw.get(drawId);
  const isGap = [...set.phaseOfDraw.keys()].some((id) => ofBatch(id) && !set.orders.has(id));
  return !isGap && !found.some((place) => ofBatch(place.drawId));
}

function listedIn(set, number) {
  for (const list of set.lists.values()) {
    const line = list.lines.find((one) => one.number === number);
    if (line) return line;
  }
  return null;
}

// Returns the line of the cut-offs that a place is held against; null where there is none.
function cutoffOf(set, place) {
  const school = isAtSchool(place.drawId) ? schoolOf(place.drawId) : place.row.result;
  return set.cutoffs.find((row) => row.draw_id === place.drawId && row.school_id === school) || null;
}

// Returns the id of the clause by which a phase decided; "" where the policy does not say.
function clauseOf(policy, label, result, lot, whole = false) {
  const phase = phaseOf(policy, label);
  if (!phase) return "";
  const names = {
    admitted: lot ? ["drawn", "admitted"] : ["admitted"],
    elsewhere: [],
    unplaced: ["no_room"],
  }[result] || (AT_SCHOOL.includes(result) ? ["not_drawn", "refused"]
    : [...(whole ? ["whole_batch"] : []), "adjusted", "not_drawn"]);
  const found = names.find((name) => phase.clauses.has(name));
  return found ? phase.clauses.get(found) : "";
}
