// What is found: each a code, the file, where known its line, and what was expected. One vocabulary of codes with
// verify_draw.py (docs/verify-page.md).

// Codes that say what is not there or cannot be computed again; all others say that something is wrong.
const ONLY_INCOMPLETE = new Set([
  "draw.file_missing", "draw.list_missing", "draw.order_missing", "draw.numbers_missing", "draw.later_change",
  "draw.later_none", "draw.place_unknown",
]);
const MOST_SHOWN = 20;

class Findings {
  constructor() {
    this.groups = new Map();
  }

  // Of one code in one file the first ones are kept and all are counted.
  tell(code, file, line = 0, params = {}) {
    const key = `${code}\n${file}`;
    if (!this.groups.has(key)) this.groups.set(key, { code, file, count: 0, places: [] });
    const group = this.groups.get(key);
    group.count++;
    if (group.places.length < MOST_SHOWN) group.places.push({ line, params });
  }

  ofFile(file) {
    return (code, line, params) => this.tell(code, file, line, params);
  }

  has(file) {
    return [...this.groups.values()].some((group) => group.file === file);
  }

  get state() {
    const codes = [...this.groups.values()].map((group) => group.code);
    if (codes.some((code) => !ONLY_INCOMPLETE.has(code))) return "mismatch";
    return codes.length ? "incomplete" : "ok";
  }
}
