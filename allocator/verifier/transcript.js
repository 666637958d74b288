// The transcript "school-draw/1", read strictly (lottery.md section 3, public.md section 1). Its bytes are the seed, so
// there is one spelling only: what differs from it is told with its line, each fault for itself.

const VERSION = "school-draw/1";
const HEAD_LINES = ["event", "roster", "policy", "inputs"];
const TRANSCRIPT_LINES = [...HEAD_LINES, "order", "source"];
const DIGEST = /^sha256:([0-9a-f]{64})$/;
const ORDER = /^(?:numbers:sha256:([0-9a-f]{64})|ring:([1-9][0-9]{0,17}):([1-9][0-9]{0,17}))$/;
const WITNESS = /^witness-([1-9][0-9]?)$/;
const WITNESS_GIVES = /^(?:[0-9]{1,1000}|ABSENT)$/;
const DRAND = /^drand-[a-z0-9][a-z0-9-]{0,40}$/;
const DRAND_GIVES = /^[1-9][0-9]{0,19}:[0-9a-f]{64}$/;
const EDGE_SPACE = " \t\u00a0\u3000";

function withoutEdgeSpace(line) {
  let from = 0;
  let to = line.length;
  while (from < to && EDGE_SPACE.includes(line[from])) from++;
  while (to > from && EDGE_SPACE.includes(line[to - 1])) to--;
  return line.slice(from, to);
}

// Returns { event, roster, policy, inputs, order, sources } and tells every fault; null where the form is not right.
function readTranscript(bytes, tell) {
  let count = 0;
  const fault = (code, line, params) => {
    count++;
    tell(code, line, params);
  };
  const lines = transcriptLines(bytes, fault);
  if (!lines) return null;
  const found = { sources: [] };
  const seen = [];
  for (const [row, line] of lines) {
    const mark = line.indexOf("=");
    const key = mark < 0 ? "" : line.slice(0, mark);
    const value = line.slice(mark + 1);
    const place = TRANSCRIPT_LINES.indexOf(key);
    if (place < 0) {
      fault("draw.unknown_line", row, { expected: TRANSCRIPT_LINES.join(", "), value: line });
      continue;
    }
    if (seen.includes(key) && key !== "source") fault("draw.line_twice", row);
    else if (seen.some((earlier) => TRANSCRIPT_LINES.indexOf(earlier) > place)) {
      fault("draw.line_order", row, { expected: TRANSCRIPT_LINES.join(", ") });
    }
    seen.push(key);
    takeValue(found, key, value, row, fault);
  }
  for (const key of HEAD_LINES) if (!seen.includes(key)) fault("draw.line_missing", 0, { value: key });
  if (!seen.includes("source") && !seen.includes("order")) fault("draw.line_missing", 0, { value: "source" });
  return count ? null : found;
}

// Returns [line number, line] without what an editor added, which is told; null where the bytes are no text.
function transcriptLines(bytes, fault) {
  const text = utf8(bytes);
  if (text === null) {
    fault("draw.not_utf8", 0);
    return null;
  }
  if (hasMark(bytes)) fault("draw.bom", 1);
  const firstReturn = bytes.indexOf(CARRIAGE_RETURN);
  if (firstReturn >= 0) fault("draw.carriage_return", lineAt(bytes, firstReturn));
  let plain = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  if (plain.endsWith("\n")) plain = plain.slice(0, -1);
  else fault("draw.no_final_line_end", plain.split("\n").length);
  const kept = [];
  plain.split("\n").forEach((line, at) => {
    const bare = withoutEdgeSpace(line);
    if (!bare && at > 0) fault("draw.blank_line", at + 1);
    else {
      if (bare !== line) fault("draw.line_space", at + 1);
      kept.push([at + 1, bare]);
    }
  });
  const [, first] = kept.shift();
  if (first !== VERSION) fault("draw.version", 1, { expected: VERSION, value: first });
  return kept;
}

function takeValue(found, key, value, row, fault) {
  if (key === "event") {
    const signs = Array.from(value).length;
    const seen = value.trim() === value && !/[^\P{C}]|[\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(value);
    if (!seen || signs < 1 || signs > 100) fault("draw.event", row, { most: "100", value });
    found.event = value;
  } else if (key === "order") {
    const order = ORDER.exec(value);
    if (!order) fault("draw.order", row, { value });
    else if (order[1]) found.order = { kind: "numbers", sha256: order[1] };
    else found.order = { kind: "ring", start: Number(order[2]), step: BigInt(order[3]) };
  } else if (key === "source") {
    takeSource(found.sources, value, row, fault);
  } else {
    const digest = DIGEST.exec(value);
    if (!digest) fault("draw.digest", row, { value });
    else found[key] = digest[1];
  }
}

// Witnesses are numbered from 1 without a gap; at most one drand round, at the end.
function takeSource(sources, line, row, fault) {
  const mark = line.indexOf(":");
  const name = mark < 0 ? line : line.slice(0, mark);
  const given = mark < 0 ? "" : line.slice(mark + 1);
  const witness = WITNESS.exec(name);
  const expected = sources.length + 1;
  if (!witness && !DRAND.test(name)) {
    fault("draw.source", row, { value: line });
  } else {
    const ended = sources.some((source) => !source.witness);
    if (ended || (witness && Number(witness[1]) !== expected)) {
      fault("draw.source_order", row, { expected: String(expected), value: line });
    }
    if (!(witness ? WITNESS_GIVES : DRAND_GIVES).test(given)) {
      fault(witness ? "draw.digits" : "draw.drand", row, { value: line });
    }
  }
  sources.push({ name, given, witness: Boolean(witness) });
}
