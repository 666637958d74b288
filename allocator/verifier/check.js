// All checks of a published folder, in their order. They run as a generator that yields often, so that whoever drives
// it can let the page breathe; 100,000 parties take seconds.

// Returns { findings, facts, sets }: what is wrong or missing, and what answers are read from.
function* checkFolder(folder, digests = {}) {
  const findings = new Findings();
  const facts = yield* readFacts(folder, findings);
  for (const name of folder.unknown) findings.tell("draw.place_unknown", name);
  if (folder.isBook) tellLaterChanges(folder, findings, facts);
  const sets = [];
  for (const begin of folder.sets()) {
    const set = yield* readSet(folder, begin, findings);
    sets.push(set);
    let right = 0;
    let all = 0;
    for (const [drawId, order] of set.orders) {
      right += yield* checkOrder(drawId, order.rows, facts, facts.order, findings.ofFile(order.path));
      all += order.rows.length;
    }
    facts.tickets += all;
    facts.right += right;
    yield* checkAfter(set, facts.policy, (path) => findings.ofFile(path));
    if (set.hasCutoffs) yield* checkCutoffs(set, facts, findings);
    yield* checkLists(set, facts, findings);
  }
  if (facts.order && facts.order.kind === "hash" && facts.tickets > 1 && facts.right === 0) {
    findings.tell("draw.seed", "transcript.txt", 0);
  }
  yield* checkBytes(folder, digests, findings);
  return { findings, facts, sets };
}

// Reads what stands once for all rounds: transcript, policy, roster, numbers; and holds the digests against each other.
function* readFacts(folder, findings) {
  const facts = {
    tickets: 0, right: 0, order: null, roster: null, policy: null, transcript: null, seed: "", later: [],
    smaller: new Map(), changesUnknown: folder.isBook && !folder.files.has("later-changes.csv"),
  };
  const take = (name, code = "draw.file_missing") => {
    if (!folder.files.has(name)) findings.tell(code, name);
    return folder.files.get(name) || null;
  };
  const raw = take("transcript.txt");
  if (raw) {
    facts.transcript = readTranscript(raw, findings.ofFile("transcript.txt"));
    facts.seed = yield* sha256InSteps(raw);
  }
  const policy = take("policy.yaml");
  if (policy) {
    yield* checkDigest(policy, facts, "policy", "policy.yaml", findings);
    facts.policy = readPolicy(utf8(policy) || "");
  }
  const roster = take("draw-roster.csv");
  if (roster) {
    yield* checkDigest(roster, facts, "roster", "draw-roster.csv", findings);
    facts.roster = readRoster(roster, findings.ofFile("draw-roster.csv"));
  }
  yield* readSessionOrder(folder, facts, take, findings);
  return facts;
}

// Tells a file that is not the one whose digest the transcript carries; one that was only saved again by its cure.
function* checkDigest(bytes, facts, name, file, findings) {
  const tell = findings.ofFile(file);
  if (!facts.transcript) return;
  const found = yield* sha256InSteps(bytes);
  if (found === facts.transcript[name]) return;
  const again = (yield* sha256InSteps(beforeSavedAgain(bytes))) === facts.transcript[name];
  const codes = {
    policy: ["draw.changed_policy", "draw.changed_policy_resaved"],
    roster: ["draw.changed_roster", "draw.changed_roster_resaved"],
  };
  tell(codes[name][again ? 1 : 0], 0, { found: "sha256:" + found });
  if (!again) findings.tell(codes[name][0], "transcript.txt", name === "roster" ? 3 : 4, { found: "sha256:" + found });
}

// Returns the sizes by party id as they are written, in the order of the roster.
function readRoster(bytes, tell) {
  const roster = new Map();
  let above = null;
  for (const { line, cells: [id, size] } of readTable(bytes, [HEADERS.roster], tell) || []) {
    if (above !== null && above >= id) tell("draw.roster_order", line, { value: id });
    if (!/^[1-9]$/.test(size)) tell("draw.roster_size", line, { value: size });
    above = id;
    roster.set(id, size);
  }
  return roster;
}

// The order of the session: by the transcript's line order=, else by hash; null where what it needs is missing.
function* readSessionOrder(folder, facts, take, findings) {
  if (!facts.transcript) return;
  const stated = facts.transcript.order;
  if (!stated) facts.order = hashOrder(facts.seed, facts.policy ? facts.policy.scope : scopeSeen(folder, facts.seed));
  else if (stated.kind === "ring" && facts.roster) {
    const parties = facts.roster.size;
    if (stated.start <= parties) facts.order = ringOrder(facts.roster, stated);
    else {
      const value = String(stated.start);
      findings.tell("draw.ring_start", "transcript.txt", 6, { parties: String(parties), value });
    }
  } else if (stated.kind === "numbers") {
    const raw = take("numbers.csv", "draw.numbers_missing");
    if (!raw) return;
    const tell = findings.ofFile("numbers.csv");
    const found = yield* sha256InSteps(raw);
    if (found !== stated.sha256) {
      const again = (yield* sha256InSteps(beforeSavedAgain(raw))) === stated.sha256;
      tell(again ? "draw.numbers_resaved" : "draw.changed_numbers", 0, { found: "sha256:" + found });
      if (!again) findings.tell("draw.changed_numbers", "transcript.txt", 6, { found: "sha256:" + found });
    }
    facts.order = sessionOrder("numbers", readNumbers(raw, facts.roster, tell));
  }
}

// Without the policy the scope of tickets is that under which more of the first lines of the orders are right.
function scopeSeen(folder, seed) {
  const right = { per_draw: 0, per_session: 0 };
  for (const [path, bytes] of folder.files) {
    const draw = (PUBLISHED.exec(path) || [])[4];
    const [first] = draw ? rowsOf(bytes) : [];
    for (const scope of first ? Object.keys(right) : []) {
      if (hashOrder(seed, scope).ticket(draw, first[1]) === first[3]) right[scope]++;
    }
  }
  return right.per_session > right.per_draw ? "per_session" : "per_draw";
}

// Returns the numbers by party id: ids ascending and exactly those of the roster, numbers whole and distinct.
function readNumbers(bytes, roster, tell) {
  const numbers = new Map();
  const owners = new Map();
  let above = null;
  for (const { line, cells: [id, number] } of readTable(bytes, [HEADERS.numbers], tell) || []) {
    if (above !== null && above >= id) tell("draw.numbers_order", line, { above, value: id });
    if (roster && !roster.has(id)) tell("draw.party_unknown", line, { value: id });
    if (!WHOLE_NUMBER.test(number)) tell("draw.number", line, { value: number });
    else if (owners.has(number)) tell("draw.number_twice", line, { other: owners.get(number), value: number });
    owners.set(number, id);
    numbers.set(id, number);
    above = id;
  }
  for (const id of roster ? roster.keys() : []) if (!numbers.has(id)) tell("draw.number_missing", 0, { value: id });
  return numbers;
}

// Reads the orders, cut-offs and lists of the folder, or of one round of a book.
function* readSet(folder, begin, findings) {
  const set = {
    begin, path: (name) => begin + name, orders: new Map(), lists: new Map(), cutoffs: [], phaseOfDraw: new Map(),
    hasCutoffs: folder.files.has(begin + "cutoffs.csv"),
  };
  for (const path of [...folder.files.keys()].sort()) {
    if (!path.startsWith(begin) || (!begin && path.startsWith("rounds/"))) continue;
    const [, , , , draw, school] = PUBLISHED.exec(path);
    const bytes = folder.files.get(path);
    if (draw) set.orders.set(draw, { path, rows: readOrder(bytes, findings.ofFile(path)) });
    if (school) set.lists.set(school, { path, lines: readList(bytes, school, findings.ofFile(path)) });
    yield;
  }
  if (set.hasCutoffs) {
    set.cutoffs = readCutoffs(folder.files.get(begin + "cutoffs.csv"), findings.ofFile(begin + "cutoffs.csv"));
  } else findings.tell("draw.file_missing", begin + "cutoffs.csv");
  for (const row of set.cutoffs) if (row.draw_id) set.phaseOfDraw.set(row.draw_id, row.phase);
  Object.assign(set, yield* seatsOf(set.orders, (path) => findings.ofFile(path)));
  return set;
}

// What came after a round was opened is listed with its event; it follows from the book and is not computed here.
// Families that registered after the draw stand in no draw roster; they are parties of later rounds all the same. A
// party that lost a child while it waited is smaller than the roster says, and its number may be that of the child.
function tellLaterChanges(folder, findings, facts) {
  const name = "later-changes.csv";
  if (!folder.files.has(name)) {
    findings.tell("draw.file_missing", name);
    return;
  }
  const tell = findings.ofFile(name);
  const rows = readTable(folder.files.get(name), [HEADERS.later], tell) || [];
  for (const { line, cells: [event, number, change, school] } of rows) {
    tell("draw.later_change", line, { event, number, change, school });
    facts.later.push({ event, number, change, school });
  }
  const late = new Map();
  for (const { event, number, change } of facts.later) {
    if (change === "late") late.set(event, [...(late.get(event) || []), number]);
    if (change === "smaller") facts.smaller.set(number, (facts.smaller.get(number) || 0) + 1);
  }
  for (const numbers of facts.roster ? late.values() : []) {
    const party = numbers.sort()[0];
    if (!facts.roster.has(party)) facts.roster.set(party, String(numbers.length));
  }
  if (!facts.later.length) tell("draw.later_none", 0);
}

// Holds the files against the digests with which the page was published. They only add a finding where nothing else is
// told of a file. Where fewer than half of the files, or of the digests, are the same, the page is that of another draw
// and says nothing; with the same transcript half of the paths will do, whatever stands in the files.
function* checkBytes(folder, digests, findings) {
  const paths = [...folder.files.keys()].sort();
  const known = paths.filter((path) => hasOwn(digests, path));
  const other = [];
  for (const path of known) {
    if ((yield* sha256InSteps(folder.files.get(path))) !== digests[path]) other.push(path);
  }
  const same = known.length - other.length;
  const isOfThisDraw = known.includes("transcript.txt") && !other.includes("transcript.txt");
  const half = Math.min(paths.length, Object.keys(digests).length) / 2;
  if (!same || (isOfThisDraw ? known.length : same) < half) return;
  const added = paths.filter((path) => !hasOwn(digests, path));
  for (const path of [...other, ...added]) if (!findings.has(path)) findings.tell("draw.not_as_published", path);
  for (const path of Object.keys(digests).sort()) {
    if (!folder.files.has(path) && !findings.has(path)) findings.tell(missingCode(path), path);
  }
}

function missingCode(path) {
  const [, , , , draw, school] = PUBLISHED.exec(path) || [];
  return draw ? "draw.order_missing" : school ? "draw.list_missing" : "draw.file_missing";
}
