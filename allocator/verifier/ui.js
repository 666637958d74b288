// The page: files in, findings and answers out. Everything from a file is shown as text, never as markup.

const byId = (id) => document.getElementById(id);
const STATES = {
  empty: ["family.state_empty", "family.said_empty", "–"],
  working: ["family.state_working", "family.said_working", "…"],
  ok: ["family.state_ok", "family.said_ok", "✓"],
  incomplete: ["family.state_incomplete", "family.said_incomplete", "!"],
  mismatch: ["family.state_mismatch", "family.said_mismatch", "✗"],
};
const TICKETS = { hash: "family.ticket", numbers: "family.ticket_number", ring: "family.ticket_ring" };
const COLUMNS = {
  school_id: "family.column_school_id", phase: "family.column_phase", step: "family.column_step",
  tier: "family.column_tier", category: "family.column_category", wanted: "family.column_wanted",
  admitted: "family.column_admitted", draw_id: "family.column_draw_id", last_ticket: "family.column_last_ticket",
  last_rank: "family.column_last_rank", first_refused: "family.column_first_refused",
};
const READ = /\.(?:csv|ya?ml|txt)$/i;
const MOST_BYTES = 400000000;
const MOST_PLACES = 3;
const NAMES_SHOWN = 6;
const SLICE_MS = 24;

const page = {
  chosen: [], ignored: [], unreadable: [], state: "empty", result: null, folder: null, turn: 0, reading: 0,
};

// Returns a new element with its text and children.
function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// ---- files in

async function take(files) {
  page.turn++; // a check that runs ends itself
  page.reading++;
  showState("working");
  for (const { file, path } of files) {
    if (!READ.test(file.name) || file.size > MOST_BYTES) {
      if (!/verify\.html$/i.test(file.name) && !page.ignored.includes(path)) page.ignored.push(path);
      continue;
    }
    try {
      keep({ name: file.name, path, bytes: new Uint8Array(await file.arrayBuffer()) });
    } catch {
      if (!page.unreadable.includes(path)) page.unreadable.push(path);
    }
  }
  if (--page.reading === 0) await check();
}

// The same file again takes the place of the one before.
function keep(file) {
  const same = (other) => other.path === file.path && (file.path.includes("/") || sameBytes(other.bytes, file.bytes));
  page.chosen = page.chosen.filter((other) => !same(other));
  page.chosen.push(file);
}

const chosenFiles = (input) =>
  [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

// Returns the files of what was dropped, folders walked through.
async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = [];
  const walk = async (entry) => {
    const path = entry.fullPath.replace(/^\//, "");
    if (entry.isFile) {
      try {
        found.push({ path, file: await new Promise((done, fail) => entry.file(done, fail)) });
      } catch {
        page.unreadable.push(path);
      }
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const part = await new Promise((done, fail) => reader.readEntries(done, fail)).catch(() => []);
      if (!part.length) return;
      for (const inner of part) await walk(inner);
    }
  };
  for (const entry of entries) await walk(entry);
  return found;
}

// ---- the check, in slices so that the page stays alive

async function check() {
  const turn = ++page.turn;
  page.result = null;
  if (!page.chosen.length) {
    showState("empty");
    return;
  }
  showState("working");
  await pause();
  try {
    const folder = Folder.of(page.chosen, DATA.digests);
    const steps = checkFolder(folder, DATA.digests);
    let step = steps.next();
    let since = performance.now();
    while (!step.done) {
      if (performance.now() - since > SLICE_MS) {
        await pause();
        if (turn !== page.turn) return;
        since = performance.now();
      }
      step = steps.next();
    }
    page.folder = folder;
    page.result = step.value;
    showState(folder.files.size || folder.unknown.length ? step.value.findings.state : "empty");
  } catch (error) {
    page.unreadable.push(String(error));
    showState("mismatch");
  }
}

const pause = () => new Promise((done) => { setTimeout(done, 0); });

// ---- out: everything is drawn anew from what is known, so that the language can change at any time

function showState(state) {
  page.state = state;
  show();
  document.body.dataset.state = state;
}

function show() {
  document.documentElement.lang = words.language === "zh" ? "zh-CN" : "en";
  document.title = say("family.title");
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  const title = own(DATA.names, "title");
  byId("district").textContent = title ? seen(title[words.language] || title.zh || "") : "";
  showGiven();
  showVerdict();
  showFindings();
  showFacts();
  showAnswer();
}

function showGiven() {
  const ignored = [...page.ignored, ...(page.folder && page.chosen.length ? page.folder.ignored : [])];
  const count = page.chosen.length + page.ignored.length;
  const lines = count ? [say("family.given", { count })] : [];
  const names = (list) => list.slice(0, NAMES_SHOWN).map(seen).join(words.language === "zh" ? "、" : ", ")
    + (list.length > NAMES_SHOWN ? " …" : "");
  if (ignored.length) lines.push(say("family.ignored", { count: ignored.length, names: names(ignored) }));
  if (page.unreadable.length) lines.push(say("family.unreadable", { names: names(page.unreadable) }));
  byId("given").replaceChildren(...lines.map((line) => made("p", { class: "quiet" }, line)));
  byId("clear").hidden = !count;
}

function showVerdict() {
  const [word, said, sign] = STATES[page.state];
  const { result } = page;
  const sum = (of) => (result ? result.sets.reduce((count, set) => count + of(set), 0) : 0);
  byId("sign").textContent = sign;
  byId("verdict-word").textContent = say(word);
  byId("verdict-said").textContent = say(said, {
    tickets: result ? result.facts.tickets : 0, orders: sum((set) => set.orders.size),
    lists: sum((set) => set.lists.size),
  });
  const order = result && result.facts.transcript ? result.facts.transcript.order : null;
  byId("order-note").hidden = !order;
  if (!order) return;
  byId("order-note").textContent = order.kind === "ring"
    ? say("draw.order_ring", { start: order.start, step: order.step }) : say("draw.order_numbers");
}

function showFindings() {
  const groups = page.result ? [...page.result.findings.groups.values()] : [];
  const wrong = groups.filter((group) => !ONLY_INCOMPLETE.has(group.code));
  const gaps = groups.filter((group) => ONLY_INCOMPLETE.has(group.code));
  byId("details").hidden = !groups.length;
  byId("findings").replaceChildren(...[...wrong, ...gaps].map(findingItem));
}

function findingItem(group) {
  const item = made("li", { "data-code": group.code, "data-file": group.file });
  const [first, ...others] = group.places;
  item.append(...placeParts(group, first));
  const shown = group.code === "draw.later_change" ? others : others.slice(0, MOST_PLACES - 1);
  const more = group.count - 1 - shown.length;
  if (shown.length) item.append(made("div", { class: "places" }, ...shown.map((place) => made("p", {},
    ...placeParts(group, place)))));
  if (more > 0) item.append(made("p", { class: "quiet" }, say("family.more", { count: more })));
  return item;
}

function placeParts(group, { line, params }) {
  const file = seen(group.file);
  const where = line ? say("family.line", { file, line }) : file;
  const value = params.value === undefined || params.value === "" ? "" : " " + say("family.value", params);
  const called = { ...params };
  if (params.column) called.column = say(COLUMNS[params.column]);
  if (params.phase) called.phase = phaseName(params.phase);
  if (params.school) called.school = nameOf("schools", params.school);
  if (params.change) called.change = changeWord(params.change);
  return [made("bdi", { class: "file where" }, where), made("bdi", {}, say(group.code, called) + value)];
}

function showFacts() {
  const facts = page.result ? page.result.facts : null;
  byId("facts").hidden = !(facts && facts.transcript);
  if (!facts || !facts.transcript) return;
  const rows = [
    ["family.event", [made("bdi", {}, seen(facts.transcript.event))]],
    ["family.seed", [made("code", {}, facts.seed)]],
    ["family.sources", facts.transcript.sources.map(({ name, given }) =>
      made("div", {}, made("code", {}, `${name}: ${given === "ABSENT" ? say("family.absent") : given}`)))],
  ];
  if (facts.roster) rows.push(["family.parties", [say("family.parties_count", { count: counted(facts.roster.size) })]]);
  byId("facts-list").replaceChildren(...rows.filter(([, shown]) => shown.length)
    .flatMap(([code, shown]) => [made("dt", {}, say(code)), made("dd", {}, ...shown)]));
}

function showAnswer() {
  const box = byId("answer");
  const typed = byId("applicant").value.trim();
  const line = (text, name = "") => made("p", name ? { class: name } : {}, text);
  if (!typed || page.state === "working") {
    box.dataset.outcome = "";
    box.replaceChildren();
    return;
  }
  if (!page.result || page.state === "empty") {
    box.dataset.outcome = "";
    box.replaceChildren(line(say("family.answer_files")));
    return;
  }
  const answer = answerTo(typedNumber(typed, page.result), page.result);
  const params = { number: answer.number, school: nameOf("schools", answer.school) };
  const isCard = answer.outcome === "unknown" && /^[0-9]{17}[0-9Xx]$/.test(answer.number);
  const parts = page.state === "mismatch" ? [line(say("family.answer_doubt"), "doubt")] : [];
  parts.push(line(isCard ? say("family.answer_card") : say(OUTCOMES[answer.said || answer.outcome], params), "word"));
  for (const found of answer.sets) {
    const round = found.set.begin.split("/")[1];
    if (round) parts.push(line(say("family.answer_round", { round: phaseName(round) }), "quiet"));
    parts.push(...placesOf(found, page.result.facts));
  }
  for (const change of answer.later) {
    const told = { ...change, change: changeWord(change.change), school: nameOf("schools", change.school) };
    parts.push(line(say("family.answer_later", told), "doubt"));
  }
  box.replaceChildren(...parts);
  box.dataset.outcome = answer.outcome;
}

const phaseName = (label) => (label === DECIDED ? say("family.decision") : nameOf("phases", label));

function placesOf({ set, listed, seat, places }, facts) {
  const blocks = places.map((place) => placeBlock(set, place, seat, facts));
  if (listed && !seat) {
    const params = { phase: phaseName(listed.batch), school: nameOf("schools", listed.school) };
    const block = made("div", { class: "place" }, made("p", {}, say("family.why_undrawn", params)));
    const isTwin = facts.roster && !facts.roster.has(listed.number);
    if (isTwin) block.append(made("p", { class: "quiet" }, say("family.why_twin")));
    appendUndrawn(block, set, listed, facts);
    const clause = clauseOf(facts.policy, listed.batch, "admitted", false);
    if (clause) block.append(clauseLine(clause));
    blocks.push(block);
  }
  return blocks;
}

const lotLine = (text, ticket) => made("p", { class: "quiet" }, text + " ", made("code", {}, seen(ticket)));

// The cut-off of a school and phase: how many wanted a seat and got one, and the last of them.
function appendCutoff(block, cutoff, word) {
  if (!cutoff) return;
  const counts = say("family.cutoff_counts", { wanted: counted(cutoff.wanted), admitted: counted(cutoff.admitted) });
  block.append(made("p", { class: "quiet" }, counts));
  block.append(cutoff.last_rank ? lotLine(say("family.cutoff", { rank: cutoff.last_rank, word }), cutoff.last_ticket)
    : made("p", { class: "quiet" }, say("family.cutoff_none")));
}

// Who was admitted without a draw has a ticket in its order all the same.
function appendUndrawn(block, set, listed, facts) {
  const here = set.cutoffs.filter((row) => row.school_id === listed.school && row.phase === listed.batch);
  const cutoff = here.find((row) => row.step !== "receiving");
  if (!cutoff) return;
  const word = say(TICKETS[facts.order ? facts.order.kind : "hash"]);
  if (facts.order && facts.policy && facts.roster && facts.roster.has(listed.number)) {
    const drawId = drawIdOf(facts.policy, cutoff.phase, cutoff.step, cutoff.school_id);
    block.append(lotLine(say("family.own_undrawn", { word }), facts.order.ticket(drawId, listed.number)));
  }
  appendCutoff(block, cutoff, word);
}

function placeBlock(set, place, seat, facts) {
  const { drawId, row } = place;
  const atSchool = isAtSchool(drawId);
  const label = set.phaseOfDraw.get(drawId) || drawId.split("/")[0];
  const school = nameOf("schools", atSchool ? schoolOf(drawId) : row.result);
  const placed = isDiversion(set, drawId) ? "family.why_diverted" : "family.why_placed";
  const code = atSchool ? WHY[row.result] : row.result === UNPLACED ? "family.why_unplaced" : placed;
  const params = { phase: phaseName(label), school, rank: row.rank, count: counted(place.count) };
  const word = say(TICKETS[facts.order ? facts.order.kind : "hash"]);
  const block = made("div", { class: "place" }, made("p", {}, say(code || "family.why_not_admitted", params)));
  block.append(lotLine(say("family.own", { rank: row.rank, word }), row.ticket));
  appendCutoff(block, cutoffOf(set, place), word);
  const lot = Boolean(seat && seat.drawId === drawId && seat.lot);
  const clause = clauseOf(facts.policy, label, row.result, lot, place.whole);
  if (clause) block.append(clauseLine(clause));
  if (facts.order && facts.order.kind === "hash") block.append(byHand(drawId, row.id, facts));
  return block;
}

function clauseLine(clause) {
  const words = say("family.clause", { clause: nameOf("clauses", clause) });
  return made("p", { class: "quiet clause", "data-clause": clause }, words);
}

// The very line of which a ticket is the SHA-256, to be tried in any other tool.
function byHand(drawId, partyId, facts) {
  const word = facts.policy && facts.policy.scope === "per_session" ? "session" : drawId;
  return made("details", { class: "screen" }, made("summary", {}, say("family.by_hand")),
    made("p", {}, say("family.by_hand_said")), made("code", {}, seen(`${facts.seed}|${word}|${partyId}`)));
}

// ---- what a person does

function start() {
  words.language = /^zh\b/i.test(navigator.language || "zh") ? "zh" : "en";
  byId("lang").value = words.language;
  byId("lang").addEventListener("change", () => {
    words.language = byId("lang").value;
    show();
  });
  for (const id of ["files", "folder"]) {
    byId(id).addEventListener("change", async (event) => {
      const files = chosenFiles(event.target);
      if (files.length) await take(files);
      event.target.value = "";
    });
  }
  byId("folder-label").hidden = !("webkitdirectory" in HTMLInputElement.prototype);
  byId("applicant").addEventListener("input", showAnswer);
  byId("clear").addEventListener("click", () => {
    Object.assign(page, { chosen: [], ignored: [], unreadable: [], folder: null });
    byId("applicant").value = "";
    check();
    byId("files").focus();
  });
  const dropping = (is) => (event) => {
    event.preventDefault();
    document.body.classList.toggle("dropping", is);
  };
  document.addEventListener("dragover", dropping(true));
  document.addEventListener("dragleave", dropping(false));
  document.addEventListener("drop", async (event) => {
    dropping(false)(event);
    const files = await droppedFiles(event.dataTransfer);
    if (files.length) await take(files);
  });
  showState("empty");
}

// Anybody may compute a ticket in the console of the browser: schoolDraw.ticket(seed, "batch-A/x", "T23-0001").
window.schoolDraw = Object.freeze({
  sha256, ticket: (seed, drawId, partyId) => ticketsOf(seed, drawId)(partyId), ringNumbers,
});
start();
