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
const CHANGES_OF_LIST = "number,masked_name,batch,school_id,change,event";
const LOOKED_AT = 65536;

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
  if (first === CHANGES_OF_LIST) return ""; // a list of changes of a book is for people
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

// The files of a published folder by their paths in it, and the names of those that are none of its.
const isLoose = (file) => !file.path.includes("/");
const kindOf = (file) => (isLoose(file) && file.name === "cutoffs.csv" ? "cutoffs" : kindByContent(file.bytes));

class Folder {
  constructor() {
    this.files = new Map();
    this.turns = new Map();
    this.ignored = [];
    this.unknown = []; // names of files of which nobody can say what they are compared with
  }

  // `chosen`: { name, path, bytes } in the order in which they were chosen; of two for one place the later stands.
  // Where
  // files came without their folders, a file with the digest of a published one is that one; it is checked all the
  // same.
  static of(chosen, digests = {}) {
    const folder = new Folder();
    const bare = [];
    chosen.forEach(({ name, path: given, bytes }, turn) => {
      const path = publishedPath(given || name);
      const file = { name, path: given || name, bytes, turn };
      const isOfSomeRound = path === "cutoffs.csv" && isLoose(file);
      if (!path || isOfSomeRound) bare.push(file);
      else if (path !== "verify.html") folder.put(path, file);
    });
    const left = folder.placeByDigests(bare, digests);
    const known = left.length * 2 <= bare.length ? Object.keys(digests) : [];
    const last = (file) => (kindOf(file) === "cutoffs" ? 0 : 1); // the others are known by it
    left.sort((one, other) => last(one) - last(other));
    const isUnsure = folder.isUnsure(left, known);
    const orders = [];
    for (const file of left) {
      const isOfRound = ["order", "list", "cutoffs"].includes(kindOf(file));
      if (isUnsure && isOfRound && isLoose(file)) folder.unknown.push(file.path);
      else folder.place(file, orders);
    }
    placeOrders(folder, orders, known);
    return folder;
  }

  // Returns the files that are no published one by their bytes; those of equal bytes stand in each of their places.
  placeByDigests(bare, digests) {
    const paths = new Map();
    for (const [path, digest] of Object.entries(digests)) {
      if (PUBLISHED.test(path)) paths.set(digest, [...(paths.get(digest) || []), path]);
    }
    if (!paths.size) return [...bare];
    return bare.filter((file) => {
      const found = (isLoose(file) && paths.get(sha256(file.bytes))) || [];
      for (const path of found) this.put(path, file);
      return !found.length;
    });
  }

  // Whether files without their folders may be of more rounds than one, so that they may not be held against each
  // other.
  isUnsure(left, known) {
    const loose = left.filter(isLoose).map((file) => [kindOf(file), file.name]);
    const kinds = loose.map(([kind]) => kind);
    const lists = loose.filter(([kind]) => kind === "list").map(([, name]) => name);
    return this.isBook || known.some((path) => path.startsWith("rounds/")) || kinds.includes("later")
      || kinds.filter((kind) => kind === "cutoffs").length > 1 || new Set(lists).size < lists.length;
  }

  // Of two files for one place the one that was chosen later stands.
  put(path, file) {
    if ((this.turns.get(path) ?? -1) > file.turn) return;
    this.turns.set(path, file.turn);
    this.files.set(path, file.bytes);
  }

  place(file, orders) {
    const name = file.name.replace(/\s*\(\d+\)(?=\.[a-z]+$)/, "").replace(/\.csv$/, "");
    const kind = kindOf(file);
    if (NAMED[kind] && isLoose(file)) this.put(NAMED[kind], file);
    else if (kind === "list" && isLoose(file)) {
      this.put(`lists/${schoolOfList(file.bytes, name, this.cutoffRows())}.csv`, file);
    } else if (kind === "order") orders.push({ ...file, name });
    else this.ignored.push(file.path);
  }

  cutoffRows() {
    return this.files.has("cutoffs.csv") ? rowsOf(this.files.get("cutoffs.csv")) : [];
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
