// What the page says, in its language. Texts and names are data of the page (#words); they are shown and never relied
// on.

const DATA = JSON.parse(document.getElementById("words").textContent);
const words = { language: "zh" };

// Returns the text of a code with its fields filled in; in English {n:child/children} goes by the number.
function say(code, params = {}) {
  const text = DATA.texts[code];
  if (!text) return code;
  const field = (name) => (params[name] === undefined || params[name] === "" ? "–" : seen(params[name]));
  return (words.language === "zh" ? text[0] : text[1])
    .replace(/\{(\w+):([^{}/]*)\/([^{}/]*)\}/g, (_, name, one, many) => (String(params[name]) === "1" ? one : many))
    .replace(/\{(\w+)(!r)?\}/g, (_, name, quoted) => (quoted ? `“${field(name)}”` : field(name)));
}

// Returns a value from a file as it may be shown: cut, and without signs that cannot be seen or turn the line around.
function seen(value) {
  const signs = Array.from(String(value).replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, "\ufffd"));
  return signs.length > 120 ? signs.slice(0, 119).join("") + "…" : signs.join("");
}

const own = (table, key) => (table && hasOwn(table, key) ? table[key] : null);

// Returns what the district calls a school, a phase or a clause by its id, else the id.
function nameOf(kind, id) {
  const name = own(own(DATA.names, kind), id);
  return name ? seen(name[words.language] || name.zh || name.en || id) : seen(id);
}

// What became of a number after a round was opened, in words.
const CHANGES = {
  came: "family.change_came", gone: "family.change_gone", late: "family.change_late", smaller: "family.change_smaller",
};

function changeWord(change) {
  const code = own(CHANGES, change);
  return code ? say(code) : change;
}

// A number with its thousands apart.
const counted = (number) => Number(number).toLocaleString("en-US");
