// The published files of a class placement, read strictly and held against what the deal gives (class-procedure.md).

const CLASS_HEADERS = {
  "class-roster.csv": "id,school_id,track,sex,score,together,apart",
  "classes.csv": "school_id,track,classes,mean_spread",
  "placement.csv": "id,school_id,track,class",
  "attempts.csv": "school_id,track,classes,attempt",
  "teams.csv": "school_id,track,team_id",
  "team-classes.csv": "school_id,track,team_id,class,by",
  "late.csv": "arrival,id,school_id,track,sex,together",
  "late-placement.csv": "id,school_id,track,class,arrival",
};
const NEEDED = ["transcript.txt", "class-roster.csv", "classes.csv", "placement.csv", "attempts.csv"];
const PUPIL_ID = /^[A-Za-z0-9-]{1,32}$/;
const DECIMAL = /^[0-9]{1,6}(?:\.[0-9]{1,2})?$/;
const TRACKS = ["day", "boarding"];

// Returns the name in the published folder of a file: its own where it has one, else by its first line; "" if unknown.
function classFileName(path, bytes) {
  const name = path.split("/").pop().replace(/\s*\(\d+\)(?=\.[a-z]+$)/, "");
  if (name === "transcript.txt" || hasOwn(CLASS_HEADERS, name)) return name;
  const [first] = new TextDecoder("utf-8").decode(bytes.subarray(0, 4096)).replace(/^\ufeff/, "").split(/\r?\n/, 1);
  if (first.startsWith("school-draw/")) return "transcript.txt";
  return Object.keys(CLASS_HEADERS).find((one) => CLASS_HEADERS[one] === first.trim()) || "";
}

// Returns { findings, facts }; a generator that yields often.
function* checkClasses(files) {
  const findings = new Findings();
  const facts = { seed: "", event: "", groups: new Map(), placed: new Map(), attempts: new Map(), teams: new Map(),
    late: new Map(), late_placed: new Map() };
  for (const name of NEEDED) if (!files.has(name)) findings.tell("draw.file_missing", name);
  const stated = files.has("transcript.txt") ? readClassTranscript(files.get("transcript.txt"), findings) : null;
  const table = (name) => (files.has(name) ? readTable(files.get(name), [CLASS_HEADERS[name]], findings.ofFile(name))
    || [] : []);
  for (const [name, key] of [["class-roster.csv", "roster"], ["classes.csv", "inputs"]]) {
    if (!stated || !files.has(name)) continue;
    const found = yield* sha256InSteps(files.get(name));
    if (found === stated[key]) continue;
    for (const file of [name, "transcript.txt"]) findings.tell("classes.page_changed", file, 0, { table: name,
      found: "sha256:" + found });
  }
  readGroups(table("classes.csv"), facts, findings.ofFile("classes.csv"));
  const pupils = table("class-roster.csv");
  facts.pupils = new Map();
  if (files.has("classes.csv")) readPupils(pupils, facts, findings.ofFile("class-roster.csv"));
  if (!stated || !files.has("class-roster.csv") || !files.has("classes.csv")) return { findings, facts };
  facts.seed = sha256(files.get("transcript.txt"));
  facts.event = stated.event;
  for (const group of facts.groups.values()) {
    group.dealt = group.pupils.length >= group.classes ? yield* dealt(group, facts.seed) : { attempt: 0,
      classes: new Map() };
  }
  if (files.has("placement.csv")) {
    const rows = table("placement.csv");
    const other = checkPlacement(rows, facts, findings.ofFile("placement.csv"));
    if (rows.length > 3 && other * 4 > rows.length) findings.tell("classes.page_seed", "transcript.txt", 0);
  }
  if (files.has("attempts.csv")) checkAttempts(table("attempts.csv"), facts, findings.ofFile("attempts.csv"));
  checkTeams(files, table, facts, findings);
  checkLate(files, table, facts, findings);
  return { findings, facts };
}

// The one form of a transcript of classes: version, event, both digests, sources; its bytes are the seed.
function readClassTranscript(bytes, findings) {
  const text = utf8(bytes);
  const witness = /witness-[1-9][0-9]?:(?:[0-9]{1,1000}|ABSENT)/.source;
  const drand = /drand-[a-z0-9][a-z0-9-]{0,40}:[1-9][0-9]{0,19}:[0-9a-f]{64}/.source;
  const head = /^school-draw\/1\nevent=([^\s](?:[^\n\r]{0,98}[^\s])?)\nroster=sha256:([0-9a-f]{64})\n/.source;
  const form = new RegExp(`${head}inputs=sha256:([0-9a-f]{64})\n(?:source=(?:${witness}|${drand})\n)+$`);
  const found = text === null ? null : form.exec(text);
  if (found) return { event: found[1], roster: found[2], inputs: found[3] };
  findings.tell("classes.page_transcript", "transcript.txt", 0);
  return null;
}

const trackOf = (cell) => cell || "day";
const groupKey = (school, track) => `${school} ${trackOf(track)}`;
const hundredths = (text) => {
  const [whole, part = ""] = text.split(".");
  return Number(whole) * 100 + Number(part.padEnd(2, "0"));
};

function readGroups(rows, facts, tell) {
  for (const { line, cells: [school, track, classes, spread] } of rows) {
    const key = groupKey(school, track);
    const isRight = SLUG_ID.test(school) && TRACKS.includes(trackOf(track)) && /^[1-9][0-9]?$/.test(classes)
      && (spread === "" || (DECIMAL.test(spread) && hundredths(spread) > 0)) && !facts.groups.has(key);
    if (!isRight) tell("classes.page_roster", line, { value: [school, track, classes, spread].join(",") });
    else {
      facts.groups.set(key, {
        school, track: trackOf(track), classes: Number(classes), spread: spread ? hundredths(spread) : null, pupils: [],
      });
    }
  }
}

const SLUG_ID = /^[A-Za-z0-9-]{1,32}$/;

function readPupils(rows, facts, tell) {
  for (const { line, cells: [id, school, track, sex, score, together, apart] } of rows) {
    const group = facts.groups.get(groupKey(school, track));
    const isRight = PUPIL_ID.test(id) && !facts.pupils.has(id) && group && (sex === "F" || sex === "M")
      && (score === "" || (DECIMAL.test(score) && hundredths(score) <= 10000000));
    if (!isRight) {
      tell("classes.page_roster", line, { value: id });
      continue;
    }
    const pupil = { id, sex, score: score === "" ? null : hundredths(score), together, apart: apart ? apart.split(";")
      : [] };
    group.pupils.push(pupil);
    facts.pupils.set(id, { group, sex });
  }
}

// Every pupil has the class that the deal gives, on lines sorted by id, and nobody else has one. Returns how many
// have another.
function checkPlacement(rows, facts, tell) {
  let above = "";
  let other = 0;
  for (const { line, cells: [id, school, track, number] } of rows) {
    const group = facts.groups.get(groupKey(school, track));
    const expected = group ? group.dealt.classes.get(id) : undefined;
    if (expected === undefined || facts.placed.has(id)) tell("classes.page_pupil", line, { value: id });
    else if (String(expected) !== number || track !== group.track) {
      other++;
      tell("classes.page_class", line, { expected: String(expected), value: number });
    }
    if (id < above) tell("classes.page_sequence", line, { value: id });
    above = id;
    facts.placed.set(id, { school, track: trackOf(track), number });
  }
  for (const group of facts.groups.values()) {
    for (const id of group.dealt.classes.keys()) if (!facts.placed.has(id)) tell("classes.page_absent", 0,
      { value: id });
  }
  return other;
}

function checkAttempts(rows, facts, tell) {
  let above = "";
  for (const { line, cells: [school, track, classes, attempt] } of rows) {
    const key = groupKey(school, track);
    const group = facts.groups.get(key);
    const expected = group && [String(group.classes), group.dealt.attempt ? String(group.dealt.attempt) : ""];
    if (!group || facts.attempts.has(key) || track !== group.track) tell("classes.page_group", line, { value: key });
    else if (expected[0] !== classes || expected[1] !== attempt) {
      tell("classes.page_attempt", line, { expected: expected.join(" "), value: `${classes} ${attempt}` });
    }
    if (key < above) tell("classes.page_sequence", line, { value: key });
    above = key;
    facts.attempts.set(key, attempt);
  }
  for (const key of facts.groups.keys()) if (!facts.attempts.has(key)) tell("classes.page_absent", 0, { value: key });
}

// Teams by the tickets of the session; lots drawn by hand can only be each class once.
function checkTeams(files, table, facts, findings) {
  const file = "team-classes.csv";
  if (!files.has(file)) return;
  const teams = new Map();
  for (const { cells: [school, track, team] } of table("teams.csv")) {
    teams.set(groupKey(school, track), [...(teams.get(groupKey(school, track)) || []), team]);
  }
  const rows = table(file).map(({ line, cells: [school, track, team, number, by] }) => ({ line, key: groupKey(school,
    track), team, number, by }));
  for (const { line, key, team, number, by } of rows) {
    const group = facts.groups.get(key);
    const all = teams.get(key) || rows.filter((row) => row.key === key).map((row) => row.team);
    const drawn = group && by === "tickets" ? teamsDrawn(facts.seed, group.school, group.track, all).get(team)
      : undefined;
    const isLot = group && by === "lots" && all.includes(team) && /^[1-9][0-9]?$/.test(number)
      && Number(number) <= group.classes
      && rows.filter((row) => row.key === key && row.number === number).length === 1;
    if (!isLot && String(drawn) !== number) {
      findings.tell("classes.page_team", file, line, { expected: drawn === undefined ? "–" : String(drawn),
        value: `${team} ${number}` });
    }
    facts.teams.set(`${key} ${number}`, team);
  }
  for (const [key, group] of facts.groups) {
    const count = rows.filter((row) => row.key === key).length;
    if (count !== group.classes) findings.tell("classes.page_absent", file, 0, { value: key });
  }
}

// Late children join the class that their arrival gives, counted with all earlier arrivals.
function checkLate(files, table, facts, findings) {
  const file = "late-placement.csv";
  if (!files.has(file) && !files.has("late.csv")) return;
  for (const name of ["late.csv", file]) if (!files.has(name)) findings.tell("draw.file_missing", name);
  if (!files.has(file) || !files.has("late.csv")) return;
  const arrivals = new Map();
  for (const { line, cells: [arrival, id, school, track, sex] } of table("late.csv")) {
    const key = groupKey(school, track);
    if (!facts.groups.has(key) || !/^[1-9][0-9]{0,5}$/.test(arrival) || !/^[FM]$/.test(sex) || facts.pupils.has(id)) {
      findings.tell("classes.page_roster", "late.csv", line, { value: id });
      continue;
    }
    const own = arrivals.get(key) || new Map();
    arrivals.set(key, own.set(Number(arrival), [...(own.get(Number(arrival)) || []), { id, sex }]));
  }
  for (const [key, own] of arrivals) {
    const group = facts.groups.get(key);
    const counts = Array.from({ length: group.classes }, () => ({ F: 0, M: 0 }));
    for (const { id,
      sex } of group.pupils) if (group.dealt.classes.has(id)) counts[group.dealt.classes.get(id) - 1][sex]++;
    for (const [id, place] of lateJoined(facts.seed, group.school, group.track, own, counts)) facts.late.set(id,
      { ...place, key });
  }
  for (const { line, cells: [id, school, track, number, arrival] } of table(file)) {
    const found = facts.late.get(id);
    if (!found || found.key !== groupKey(school, track)) findings.tell("classes.page_pupil", file, line, { value: id });
    else if (String(found.number) !== number || String(found.arrival) !== arrival) {
      findings.tell("classes.page_class", file, line, { expected: String(found.number), value: number });
    }
    facts.late_placed.set(id, { school, track: trackOf(track), number });
  }
  for (const id of facts.late.keys()) if (!facts.late_placed.has(id)) findings.tell("classes.page_absent", file, 0,
    { value: id });
}
