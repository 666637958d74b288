// The page of a class placement: files in, findings and answers out. Everything from a file is shown as text.

const byId = (id) => document.getElementById(id);
const STATES = {
  empty: ["classes.page_state_empty", "classes.page_said_empty", "–"],
  working: ["classes.page_state_working", "classes.page_said_working", "…"],
  ok: ["classes.page_state_ok", "classes.page_said_ok", "✓"],
  incomplete: ["classes.page_state_incomplete", "classes.page_said_incomplete", "!"],
  mismatch: ["classes.page_state_mismatch", "classes.page_said_mismatch", "✗"],
};
const MOST_PLACES = 3;
const SLICE_MS = 24;
const page = { files: new Map(), ignored: [], state: "empty", result: null, turn: 0 };
const pause = () => new Promise((done) => { setTimeout(done, 0); });

function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Of two files of one name the later stands; files that are none of a placement are named and left alone.
async function take(files) {
  const turn = ++page.turn;
  showState("working");
  for (const { file, path } of files) {
    if (!/\.(?:csv|txt)$/i.test(file.name)) continue;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const name = classFileName(path, bytes);
    if (name) page.files.set(name, bytes);
    else page.ignored.push(path);
  }
  page.result = null;
  await pause();
  const steps = checkClasses(page.files);
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
  page.result = step.value;
  showState(page.files.size ? page.result.findings.state : "empty");
}

function showState(state) {
  page.state = state;
  show();
  document.body.dataset.state = state;
}

function show() {
  document.documentElement.lang = words.language === "zh" ? "zh-CN" : "en";
  document.title = say("classes.page_title");
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  const lines = page.files.size ? [say("classes.page_given", { count: page.files.size })] : [];
  if (page.ignored.length) lines.push(say("classes.page_ignored", { names: page.ignored.slice(0,
    6).map(seen).join(", ") }));
  byId("given").replaceChildren(...lines.map((line) => made("p", { class: "quiet" }, line)));
  const [word, said, sign] = STATES[page.state];
  const groups = page.result ? [...page.result.facts.groups.values()] : [];
  byId("sign").textContent = sign;
  byId("verdict-word").textContent = say(word);
  byId("verdict-said").textContent = say(said, {
    groups: groups.length, pupils: groups.reduce((sum, group) => sum + group.pupils.length, 0),
  });
  const found = page.result ? [...page.result.findings.groups.values()] : [];
  byId("details").hidden = !found.length;
  byId("findings").replaceChildren(...found.map(findingItem));
  showAnswer();
}

function findingItem(group) {
  const item = made("li", { "data-code": group.code, "data-file": group.file });
  for (const { line, params } of group.places.slice(0, MOST_PLACES)) {
    const where = line ? say("family.line", { file: group.file, line }) : group.file;
    const value = params.value === undefined || params.value === "" ? "" : " " + say("family.value", params);
    item.append(made("div", {}, made("bdi", { class: "file where" }, seen(where)), made("bdi", {}, say(group.code,
      params) + value)));
  }
  const more = group.count - MOST_PLACES;
  if (more > 0) item.append(made("p", { class: "quiet" }, say("classes.page_more", { count: more })));
  return item;
}

function showAnswer() {
  const box = byId("answer");
  const number = byId("applicant").value.trim();
  box.dataset.outcome = "";
  box.replaceChildren();
  if (!number || page.state === "working") return;
  if (!page.result || page.state === "empty") {
    box.append(made("p", {}, say("classes.page_answer_files")));
    return;
  }
  const { facts } = page.result;
  const late = facts.late_placed.get(number);
  const place = late || facts.placed.get(number);
  const pupil = facts.pupils && facts.pupils.get(number);
  const outcome = late ? "joined" : place ? "placed" : pupil ? "unplaced" : "unknown";
  if (page.state === "mismatch") box.append(made("p", { class: "doubt" }, say("classes.page_doubt")));
  const params = { number, school: place ? nameOf("schools", place.school) : "", class: place ? place.number : "" };
  box.append(made("p", { class: "word" }, say(ANSWERS[outcome], params)));
  const key = place ? groupKey(place.school, place.track) : pupil ? groupKey(pupil.group.school, pupil.group.track)
    : "";
  const group = facts.groups.get(key);
  const team = place && facts.teams.get(`${key} ${place.number}`);
  const lines = team ? [say("classes.page_of_team", { team })] : [];
  if (group && group.dealt) {
    const { attempt } = group.dealt;
    lines.push(attempt ? say("classes.page_of_attempt", { classes: group.classes, attempt })
      : say("classes.page_attempt_none"));
  }
  box.append(...lines.map((line) => made("p", { class: "quiet" }, line)));
  box.dataset.outcome = outcome;
}

const ANSWERS = {
  joined: "classes.page_joined", placed: "classes.page_placed", unplaced: "classes.page_unplaced",
    unknown: "classes.page_unknown",
};

async function droppedFiles(transfer) {
  return [...transfer.files].map((file) => ({ file, path: file.name }));
}

words.language = /^zh\b/i.test(navigator.language || "zh") ? "zh" : "en";
byId("lang").value = words.language;
byId("lang").addEventListener("change", () => {
  words.language = byId("lang").value;
  show();
});
for (const id of ["files", "folder"]) {
  byId(id).addEventListener("change", async (event) => {
    const files = [...event.target.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    if (files.length) await take(files);
    event.target.value = "";
  });
}
byId("folder-label").hidden = !("webkitdirectory" in HTMLInputElement.prototype);
byId("applicant").addEventListener("input", showAnswer);
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  await take(await droppedFiles(event.dataTransfer));
});
showState("empty");
