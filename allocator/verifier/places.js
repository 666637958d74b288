// Which draw an order is of whose file came without its folder: the tickets say it, where they go by draw; else the
// line
// of the cut-offs, or the list of its school. An order of which nothing says it is compared with nothing.

const TRIED_ROWS = 5;
const CERTAIN = 100;

// Sets each order in its place; the surest pairs of an order and a draw first, so that an order that was changed takes
// no other's place. `known`: the paths that the page was published with, where the files are of that folder.
function placeOrders(folder, orders, known) {
  if (!orders.length) return;
  const facts = guessFacts(folder.files, orders, known);
  const pairs = orders.flatMap((one) => drawsOfOrder(one, facts).map(([score, id]) => [score, id, one]));
  pairs.sort((one, other) => (one[0] === other[0] ? 0 : other[0] - one[0]));
  const taken = new Set([...folder.files.keys()].map((path) => (PUBLISHED.exec(path) || [])[4]).filter(Boolean));
  for (const [, id, one] of pairs) {
    if (one.draw || taken.has(id)) continue;
    one.draw = id;
    taken.add(id);
  }
  for (const [score, id, one] of pairs) {
    if (!one.draw && score > CERTAIN) one.draw = id; // a second file of this draw
  }
  for (const one of orders) {
    const draw = one.draw || (facts.cutoffs.length ? one.name : "");
    if (draw) folder.put(`draws/${draw}.csv`, one);
    else folder.unknown.push(one.path);
  }
}

// What there is so far, by which an order can be known. `order` gives tickets where they go by draw, else null.
function guessFacts(files, orders, known) {
  const text = files.has("policy.yaml") ? utf8(files.get("policy.yaml")) || "" : "";
  const policy = text ? readPolicy(text) : null;
  const raw = files.get("transcript.txt");
  const found = raw ? readTranscript(raw, () => {}) : null;
  const byDraw = found && !found.order && (!policy || policy.scope === "per_draw");
  const lists = [...files].map(([path, bytes]) => [(PUBLISHED.exec(path) || [])[5], bytes]).filter(([id]) => id);
  const cutoffs = files.has("cutoffs.csv") ? rowsOf(files.get("cutoffs.csv")) : [];
  const facts = {
    policy, cutoffs, order: byDraw ? hashOrder(sha256(raw), "per_draw") : null,
    lists: new Map(lists.map(([id, bytes]) => [id, rowsOf(bytes)])),
    published: known.map((path) => (PUBLISHED.exec(path) || [])[4]).filter(Boolean),
  };
  facts.words = wordsOfDraws(facts, text, orders.map((one) => one.name));
  facts.schools = new Set([...cutoffs.map((row) => row[0]), ...facts.lists.keys(), ...orders.map((one) => one.name)]);
  return facts;
}

// Returns what may stand before the school in the id of a draw: of every phase, and of every batch that the policy, a
// list or the name of a diversion can mean.
function wordsOfDraws({ policy, cutoffs, lists }, text, names) {
  const beginning = (id) => (id.includes("/") ? id.slice(0, id.indexOf("/")) : "");
  const batches = [...lists.values()].flatMap((rows) => rows.map((row) => row[2] || ""));
  const words = new Set([...cutoffs.map((row) => beginning(row[7] || "")), ...Object.values(DEFAULT_DRAWS)]);
  for (const label of new Set(batches)) words.add(label).add(beginning(drawIdOf(policy, label, "", "")));
  const tails = new Set([...(text.match(/[A-Za-z0-9]+/g) || []), ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
  for (const name of names) tails.add(name.slice(name.indexOf("-") + 1));
  for (const phase of policy && policy.phases.length ? policy.phases : [{ id: "batch", kind: "batches",
    draw: "batch" }]) {
    const word = phase.draw || DEFAULT_DRAWS[phase.id] || phase.id;
    words.add(word);
    if (phase.kind === "batches") for (const tail of tails) words.add(`${word}-${tail}`);
  }
  words.delete("");
  return words;
}

// Returns [score, draw id] of every draw that an order may be of: how many of its first tickets are right under that
// id, then how well it meets the line of the cut-offs.
function drawsOfOrder({ name, bytes, path }, facts) {
  const rows = rowsOf(bytes);
  const first = rows.slice(0, TRIED_ROWS);
  const right = (id) => (facts.order ? first.filter((row) => facts.order.ticket(id, row[1]) === row[3]).length : 0);
  const isHere = (id) => id && (id === name || id.endsWith("/" + name));
  const ids = new Set([...facts.cutoffs.map((row) => row[7]), ...facts.published].filter(isHere));
  const isSchools = rows.some((row) => AT_SCHOOL.includes(row[4]));
  if (!isSchools) ids.add(name);
  const scores = [...ids].map((id) => [1 + right(id) * CERTAIN + meets(id, rows, facts.cutoffs), id]);
  const folderOf = /([A-Za-z0-9-]+)\/[^/]+\.csv$/.exec(path);
  const under = folderOf ? `${folderOf[1]}/${name}` : "";
  if (ids.has(under)) scores.push([Infinity, under]);
  if (scores.some(([score]) => score >= CERTAIN)) return scores;
  const surely = facts.order ? drawsByTickets(name, right, facts) : [];
  return surely.length || scores.length || !isSchools ? [...surely, ...scores] : drawByList(name, rows, facts);
}

function drawsByTickets(name, right, { words, schools }) {
  const of = (school) => [...words].map((word) => [right(`${word}/${school}`) * CERTAIN, `${word}/${school}`]);
  const found = of(name).filter(([score]) => score);
  if (found.length) return found;
  return [...schools].flatMap(of).filter(([score]) => score);
}

// How many cells of its lines in the cut-offs an order explains.
function meets(id, rows, cutoffs) {
  const sum = (lines) => String(lines.reduce((count, row) => count + sizeOf(row[2]), 0));
  let most = 0;
  for (const line of cutoffs.filter((row) => row[7] === id)) {
    const inside = rows.filter((row) => row[4] === (isAtSchool(id) ? "admitted" : line[0]));
    const last = inside[inside.length - 1] || [];
    const cells = [line[6] === sum(inside), line[8] === last[3], line[9] === last[0]];
    if (isAtSchool(id)) {
      const wanted = rows.filter((row) => row[4] !== "elsewhere");
      const refused = wanted.find((row) => row[4] !== "admitted") || [];
      cells.push(line[5] === sum(wanted), line[10] === refused[3]);
    }
    most = Math.max(most, cells.filter(Boolean).length);
  }
  return most;
}

// The list of a school says by rank and ticket in which batch somebody of an order was drawn; one batch says the draw.
function drawByList(name, rows, { policy, lists }) {
  const drawn = new Map(rows.filter((row) => row[4] === "admitted").map((row) => [row[1], row]));
  const lines = (lists.get(name) || []).filter(([number, , , , rank, ticket]) => {
    const row = drawn.get(number);
    return row && row[0] === rank && row[3] === ticket;
  });
  const batches = new Set(lines.map((line) => line[2]));
  return policy && batches.size === 1 ? [[1, drawIdOf(policy, [...batches][0], "", name)]] : [];
}
