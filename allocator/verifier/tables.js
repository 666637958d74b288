// Reading bytes as text and as tables, strictly: UTF-8 without a mark, LF, RFC 4180 (public.md; lottery.md section 1).
// Nothing is repaired in silence: what an editor did to a file is told, and the file is read on where it can be.

const hasOwn = (table, key) => Object.prototype.hasOwnProperty.call(table, key);

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

// Returns how many lines begin before a place of the bytes, that is its line number from 1.
function lineAt(bytes, place) {
  let line = 1;
  for (let at = 0; at < place; at++) if (bytes[at] === LINE_FEED) line++;
  return line;
}

function hasMark(bytes) {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

// Returns the text of UTF-8 bytes with a mark kept as it stands; null where they are no UTF-8.
function utf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

// Returns bytes as they were before an editor saved them: no mark, LF, no space at line ends, the last line ended.
function beforeSavedAgain(bytes) {
  const kept = new Uint8Array(bytes.length + 1);
  let end = 0;
  const dropSpace = () => {
    while (end > 0 && (kept[end - 1] === 32 || kept[end - 1] === 9)) end--;
  };
  for (let at = hasMark(bytes) ? 3 : 0; at < bytes.length; at++) {
    let byte = bytes[at];
    if (byte === CARRIAGE_RETURN) {
      if (bytes[at + 1] === LINE_FEED) at++;
      byte = LINE_FEED;
    }
    if (byte === LINE_FEED) dropSpace();
    kept[end++] = byte;
  }
  dropSpace();
  while (end > 1 && kept[end - 1] === LINE_FEED && kept[end - 2] === LINE_FEED) end--;
  if (end > 0 && kept[end - 1] !== LINE_FEED) kept[end++] = LINE_FEED;
  return kept.subarray(0, end);
}

function sameBytes(one, other) {
  let at = 0;
  if (one.length === other.length) while (at < one.length && one[at] === other[at]) at++;
  return one.length === other.length && at === one.length;
}

// Returns the rows of CSV text, each an array of cells; null where a quote stands where none may.
function csvRows(text) {
  if (text.endsWith("\n")) text = text.slice(0, -1);
  if (!text.includes('"')) return text.split("\n").map((line) => line.split(","));
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/y;
  let at = 0;
  for (;;) {
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (!found) return null;
    rows[rows.length - 1].push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
    at = cell.lastIndex;
    if (found[3] === "") return rows;
    if (found[3] === "\n") rows.push([]);
  }
}

// Returns { line, cells } of every row below the header, telling what is wrong with the form; null where it is no
// table. What an editor changed (mark, line ends, space at line ends, empty lines, no last line end) is one fault.
function readTable(bytes, headers, tell) {
  const plain = beforeSavedAgain(bytes);
  if (!sameBytes(plain, bytes)) tell("draw.saved_again", 0);
  const text = utf8(plain);
  const rows = text === null || text.includes("\0") ? null : csvRows(text);
  if (!rows) {
    tell("draw.not_csv", 0);
    return null;
  }
  const header = rows[0].join(",");
  if (!headers.includes(header)) {
    tell("draw.header", 1, { expected: headers[0], value: header });
    return null;
  }
  const width = rows[0].length;
  const kept = [];
  for (let at = 1; at < rows.length; at++) {
    if (rows[at].length === width) kept.push({ line: at + 1, cells: rows[at] });
    else tell("draw.cells", at + 1, { expected: String(width) });
  }
  return kept;
}
