// The few facts of the policy file that a check needs: the scope of tickets, and what the draws of a phase are called.
// The file is YAML; these keys are looked for line by line, since nothing else of it is used.

const DEFAULT_DRAWS = { "open-choice": "open" };

// Returns { scope, phases: [{ id, kind, draw, divert, clauses }] }.
function readPolicy(text) {
  if (text.trimStart().startsWith("{")) return policyOfJson(text);
  const plain = text.replace(/(^|\s)#.*$/gm, "$1");
  const begin = /^phases\s*:/m.exec(plain);
  const section = begin ? plain.slice(begin.index + begin[0].length).split(/^(?=[^\s-])/m)[0] : "";
  const dash = /^ *- /m.exec(section);
  const items = dash ? section.split(new RegExp("^" + dash[0], "m")).slice(1) : [];
  const value = (item, key) =>
    (new RegExp(`(?:^|[\\s{,])["']?${key}["']?\\s*:\\s*["']?([A-Za-z0-9_-]+)`).exec(item) || [])[1] || "";
  const phases = items.map((item) => ({
    id: value(item, "phase"), kind: value(item, "kind"), draw: value(item, "draw"),
    divert: value(item, "divert_draw"), clauses: clausesOf(item),
  })).filter((phase) => phase.id);
  return { scope: scopeOf(plain), phases };
}

function scopeOf(text) {
  const found = /\bticket_scope["']?\s*:\s*["']?(per_draw|per_session)\b/.exec(text);
  return found ? found[1] : "per_draw";
}

// JSON is YAML too.
function policyOfJson(text) {
  try {
    const found = JSON.parse(text);
    const phases = found.phases.map((phase) => ({
      id: String(phase.phase), kind: String(phase.kind), draw: String(phase.draw ?? ""),
      divert: String(phase.divert_draw ?? ""),
      clauses: new Map(Object.entries(phase.clauses ?? {}).map(([name, clause]) => [name, String(clause)])),
    }));
    return { scope: scopeOf(text), phases };
  } catch {
    return { scope: scopeOf(text), phases: [] };
  }
}

function clausesOf(item) {
  const found = /(?:^|[\s{,])clauses\s*:\s*\{([^}]*)\}/.exec(item);
  const pairs = found ? found[1].split(",").map((pair) => pair.split(":").map((word) => word.trim())) : [];
  return new Map(pairs.filter((pair) => pair.length === 2));
}

// Returns the phase of the policy to which a label of the tables belongs: "batch-A" to the batches; null if unknown.
function phaseOf(policy, label) {
  const of = (phase) => phase.id === label || (phase.kind === "batches" && label.startsWith(phase.id + "-"));
  return policy ? policy.phases.find(of) || null : null;
}

// Returns the id of the draw that a phase would hold at a school, held or not (procedure.md section 4).
function drawIdOf(policy, label, step, school) {
  if (label === "adjustment" && !phaseOf(policy, label)) return "adjust";
  const phase = phaseOf(policy, label);
  if (phase && phase.kind === "adjustment") return phase.draw || "adjust";
  const tail = phase ? label.slice(phase.id.length) : "";
  if (step === "receiving") return phase ? phase.divert + tail : label.replace(/^batch/, "divert");
  return (phase && phase.draw ? phase.draw + tail : DEFAULT_DRAWS[label] || label) + "/" + school;
}
