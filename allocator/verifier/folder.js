// Which of the files chosen is which. A path in the published folder says it; of a file without its folder the content.

const PUBLISHED = new RegExp(
  "^(?:rounds/([^/]+)/)?"
  + "(?:(policy\\.yaml|transcript\\.txt|draw-roster\\.csv|numbers\\.csv|later-changes\\.csv|verify\\.html)"
  + "|(cutoffs\\.csv)|draws/(.+)\\.csv|lists/([^/]+)\\.csv)$",
);
const HEADERS = {
  roster: "id,size",
  numbers: "id,number",
  order: "rank,id,size,ticket,result,group",
  cutoffs: "school_id,phase,step,tier,category,wanted,admitted,draw_id,last_ticket,last_rank,first_refused",
  list: "number,masked_name,batch,school_id,rank,ticket",
  later: "event,number,change,school_id",
};
const NAMED = {
  roster: "draw-roster.csv", numbers: "numbers.csv", cutoffs: "cutoffs.csv", later: "later-changes.csv",
  policy: "policy.yaml", transcript: "transcript.txt",
};
const LOOKED_AT = 65536;
const TRIED_ROWS = 5;

// Returns the path in the published folder that a path ends with, or "": "out/draws/x.csv" ends with "draws/x.csv".
function publishedPath(path) {
  const parts = path.split("/");
  for (let at = 0; at < parts.length; at++) {
    const tail = parts.slice(at).join("/");
    const isAlone = at > 0 && at === parts.length - 1 && /^(?:frozen|restricted|inputs|office)$/.test(parts[at - 1]);
    if (PUBLISHED.test(tail) && !isAlone) return tail;
  }
  return "";
}

// Returns what a file seems to be by its first lines; "" where that says nothing.
function kindByContent(bytes) {
  const head = new TextDecoder("utf-8").decode(bytes.subarray(0, LOOKED_AT)).replace(/^\ufeff/, "");
  const first = head.split(/\r?\n/, 1)[0].trim();
  for (const [kind, header] of Object.entries(HEADERS)) if (first === header) return kind;
  if (first === HEADERS.order.replace(",group", "")) return "order";
  if (first.startsWith("school-draw/")) return "transcript";
  if (/^policy_id\s*:/m.test(head)) return "policy";
  return kindByRows(head.split(/\r?\n/).slice(1, 2).join("").split(","));
}

// A header that was changed does not hide what the first row is.
function kindByRows(cells) {
  if (cells.length === 11) return "cutoffs";
  if (cells.length === 6 && /^[0-9]+$/.test(cells[0]) && /^[0-9]+$/.test(cells[2])) return "order";
  if (cells.length === 6 && !/^[0-9]*$/.test(cells[3])) return "list";
  return "";
}

function rowsOf(bytes) {
  const text = new TextDecoder("utf-8").decode(bytes).replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  return (csvRows(text) || []).slice(1);
}

// Returns the id of the school of a list: its name as a file where a row or a line of the cut-offs has it, else the
// id that stands in most rows.
function schoolOfList(bytes, name, cutoffs) {
  const counts = new Map();
  for (const row of rowsOf(bytes)) counts.set(row[3], (counts.get(row[3]) || 0) + 1);
  if (counts.has(name) || cutoffs.some((row) => row[0] === name)) return name;
  const [most] = [...counts].sort((one, other) => other[1] - one[1]);
  return most && /^[A-Za-z0-9-]{1,32}$/.test(most[0] || "") ? most[0] : name;
}

// Returns [score, draw id] of every draw that an order without its folder may be of: how many of its first tickets are
// right under that id, and how many lines of the cut-offs name its last admitted.
function drawsOfOrder(bytes, name, cutoffs, order) {
  const rows = rowsOf(bytes);
  const ends = cutoffs.filter(([, , , , , , , id]) => id && (id === name || id.endsWith("/" + name)));
  const right = (id) =>
    rows.slice(0, TRIED_ROWS).filter((row) => order && order.ticket(id, row[1]) === row[3]).length;
  const meets = (id) =>
    ends.filter((row) => row[7] === id && rows.some((line) => line[0] === row[9] && line[3] === row[8])).length;
  return [...new Set(ends.map((row) => row[7]))].map((id) => [right(id) * 100 + meets(id), id]);
}

// The files of a published folder by their paths in it, and the names of those that are none of its.
class Folder {
  constructor() {
    this.files = new Map();
    this.ignored = [];
  }

  // `chosen`: { name, path, bytes } in the order in which they were chosen; of two for one place the later stands.
  static of(chosen) {
    const folder = new Folder();
    const bare = [];
    for (const file of chosen) {
      const path = publishedPath(file.path || file.name);
      if (path === "verify.html") continue;
      if (path) folder.files.set(path, file.bytes);
      else bare.push(file);
    }
    const orders = [];
    const last = (file) => (/cutoff/i.test(file.name) ? 0 : 1); // the others are known by it
    bare.sort((one, other) => last(one) - last(other));
    for (const file of bare) folder.place(file, orders);
    folder.placeOrders(orders);
    return folder;
  }

  place(file, orders) {
    const name = file.name.replace(/\s*\(\d+\)(?=\.[a-z]+$)/, "").replace(/\.csv$/, "");
    const kind = kindByContent(file.bytes);
    const isLoose = !(file.path || "").includes("/");
    if (NAMED[kind] && isLoose) this.files.set(NAMED[kind], file.bytes);
    else if (kind === "list" && isLoose) {
      this.files.set(`lists/${schoolOfList(file.bytes, name, this.cutoffRows())}.csv`, file.bytes);
    } else if (kind === "order") orders.push({ name, bytes: file.bytes, path: file.path || file.name });
    else this.ignored.push(file.path || file.name);
  }

  cutoffRows() {
    return this.files.has("cutoffs.csv") ? rowsOf(this.files.get("cutoffs.csv")) : [];
  }

  // The surest pairs of an order and a draw first, so that an order that was changed takes no other's place.
  placeOrders(orders) {
    if (!orders.length) return;
    const cutoffs = this.cutoffRows();
    const order = orderForGuess(this.files);
    const pairs = [];
    for (const one of orders) {
      const folderOf = /([A-Za-z0-9-]+)\/[^/]+\.csv$/.exec(one.path);
      const under = folderOf ? `${folderOf[1]}/${one.name}` : "";
      if (under && cutoffs.some((row) => row[7] === under)) pairs.push([Infinity, under, one]);
      for (const [score, id] of drawsOfOrder(one.bytes, one.name, cutoffs, order)) pairs.push([score, id, one]);
    }
    pairs.sort((one, other) => (one[0] === other[0] ? 0 : other[0] - one[0]));
    const taken = new Set();
    for (const [, id, one] of pairs) {
      if (one.draw || taken.has(id)) continue;
      one.draw = id;
      taken.add(id);
    }
    for (const one of orders) this.files.set(`draws/${one.draw || one.name}.csv`, one.bytes);
  }

  // Returns the sets to be checked: the folder itself and each round of a book, by the beginning of their paths.
  sets() {
    const begins = [...this.files.keys()].map((path) => (/^rounds\/[^/]+\//.exec(path) || [""])[0]);
    const rounds = [...new Set(begins)].filter(Boolean).sort();
    const own = [...this.files.keys()].some((path) => /^(?:draws\/|lists\/|cutoffs\.csv)/.test(path));
    return [...(own || !rounds.length ? [""] : []), ...rounds];
  }

  get isBook() {
    return this.files.has("later-changes.csv") || [...this.files.keys()].some((path) => path.startsWith("rounds/"));
  }
}

// The order by hash with what is there so far, to tell which draw a file without its folder is of; null if unknown.
function orderForGuess(files) {
  if (!files.has("transcript.txt")) return null;
  const found = readTranscript(files.get("transcript.txt"), () => {});
  if (!found || found.order) return null;
  const policy = files.has("policy.yaml") ? readPolicy(utf8(files.get("policy.yaml")) || "") : null;
  return hashOrder(sha256(files.get("transcript.txt")), policy ? policy.scope : "per_draw");
}
