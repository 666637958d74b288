// The deal of pupils to classes, from its page alone (class-procedure.md sections 2 to 4): attempts of five steps
// until one
// does not fail; head teachers; late arrivals. Means are compared exactly, as whole numbers of any length.

const MOST_ATTEMPTS = 10000;
const MOST_EXCHANGES = 1000;
const className = (at) => "class-" + String(at + 1).padStart(2, "0");
const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
const isSmaller = (one, other) => one.length === other.length && byText(one, other) < 0;

// Returns { attempt, classes } with the class from 1 by pupil id; attempt 0 where all fail. A generator: it yields
// often.
function* dealt(group, seed) {
  for (let number = 1; number <= MOST_ATTEMPTS; number++) {
    const found = attempted(group, seed, number);
    if (found) return { attempt: number, classes: found };
    yield;
  }
  return { attempt: 0, classes: new Map() };
}

function attempted(group, seed, number) {
  const name = `classes/${group.school}/${group.track}/${number}`;
  const ticketOf = ticketsOf(seed, name);
  const sequence = inSequence(group.pupils, ticketOf);
  const rooms = blocksDealt(sequence, group.classes, seed, name);
  const isGood = broughtTogether(sequence, rooms) && levelled(sequence, rooms, group, ticketOf) && keptApart(sequence,
    rooms);
  return isGood ? new Map(sequence.map((pupil, at) => [pupil.id, rooms[at] + 1])) : null;
}

// Step 1: girls by score, highest first, then boys, lowest first; equal scores by ticket; no score is below every
// score.
function inSequence(pupils, ticketOf) {
  const sequence = pupils.map((pupil) => ({ ...pupil, ticket: ticketOf(pupil.id) }));
  const known = (pupil) => (pupil.score === null ? -1 : pupil.score);
  return sequence.sort((one, other) => {
    if (one.sex !== other.sex) return one.sex === "F" ? -1 : 1;
    const more = known(one) - known(other);
    return (one.sex === "F" ? -more : more) || byText(one.ticket, other.ticket);
  });
}

// Step 2: block after block, to the classes in the order of their tickets in it; the last by boys first.
function blocksDealt(sequence, n, seed, name) {
  const rooms = [];
  const boys = new Array(n).fill(0);
  for (let block = 1; rooms.length < sequence.length; block++) {
    const ticketOf = ticketsOf(seed, `${name}/block-${block}`);
    const isWhole = sequence.length - rooms.length >= n;
    const order = boys.map((count, at) => ({ at, count: isWhole ? 0 : count, ticket: ticketOf(className(at)) }));
    order.sort((one, other) => one.count - other.count || byText(one.ticket, other.ticket));
    for (const { at } of order.slice(0, sequence.length - rooms.length)) {
      if (sequence[rooms.length].sex === "M") boys[at]++;
      rooms.push(at);
    }
  }
  return rooms;
}

function exchange(rooms, one, other) {
  [rooms[one], rooms[other]] = [rooms[other], rooms[one]];
}

// Step 3: the children of a bundle follow the one with the smallest ticket, each in exchange for the nearest of its
// sex.
function broughtTogether(sequence, rooms) {
  const places = sequence.map((_, at) => at).sort((one, other) => byText(sequence[one].ticket, sequence[other].ticket));
  const bundles = new Map();
  for (const at of places) {
    const name = sequence[at].together;
    if (name) bundles.set(name, [...(bundles.get(name) || []), at]);
  }
  for (const [first, ...others] of bundles.values()) {
    for (const at of others) {
      if (rooms[at] === rooms[first]) continue;
      const free = places.filter((other) => rooms[other] === rooms[first] && sequence[other].sex === sequence[at].sex
        && !sequence[other].together); // in the order of tickets
      if (!free.length) return false;
      const away = Math.min(...free.map((other) => Math.abs(other - at)));
      exchange(rooms, at, free.find((other) => Math.abs(other - at) === away));
    }
  }
  return true;
}

// Step 4: exchanges between the classes of the largest and the smallest mean, until they are near enough.
function levelled(sequence, rooms, group, ticketOf) {
  if (group.spread === null) return true;
  const tickets = Array.from({ length: group.classes }, (_, at) => ticketOf(className(at)));
  const totals = new Map();
  sequence.forEach(({ score }, at) => {
    if (score === null) return;
    const { sum = 0n, count = 0n } = totals.get(rooms[at]) || {};
    totals.set(rooms[at], { sum: sum + BigInt(score), count: count + 1n });
  });
  for (let exchanges = 0; totals.size; exchanges++) {
    const [high, low] = ends(totals, tickets);
    const one = totals.get(high);
    const other = totals.get(low);
    const apart = one.sum * other.count - other.sum * one.count;
    if (apart <= BigInt(group.spread) * one.count * other.count) return true;
    const pair = exchanges < MOST_EXCHANGES ? bestPair(sequence, rooms, group.classes, high, low, apart,
      one.count + other.count) : null;
    if (!pair) return false;
    const moved = BigInt(sequence[pair[0]].score - sequence[pair[1]].score);
    one.sum -= moved;
    other.sum += moved;
    exchange(rooms, ...pair);
  }
  return true;
}

// Returns the classes of the largest and of the smallest mean; of equal ones that with the smaller ticket.
function ends(totals, tickets) {
  let high = -1;
  let low = -1;
  for (const [at, { sum, count }] of totals) {
    const more = (than) => sum * totals.get(than).count - totals.get(than).sum * count;
    const goesFirst = (than) => more(than) === 0n && isSmaller(tickets[at], tickets[than]);
    if (high < 0 || more(high) > 0n || goesFirst(high)) high = at;
    if (low < 0 || more(low) < 0n || goesFirst(low)) low = at;
  }
  return [high, low];
}

// Returns the two children whose exchange brings the classes nearest, null where none brings them nearer.
function bestPair(sequence, rooms, n, high, low, apart, both) {
  const free = (room) => sequence.map((_, at) => at)
    .filter((at) => rooms[at] === room && sequence[at].score !== null && !sequence[at].together);
  const there = new Map();
  for (const at of free(low)) {
    const key = `${Math.floor(at / n)} ${sequence[at].sex}`;
    there.set(key, [...(there.get(key) || []), at]);
  }
  let best = null;
  for (const one of free(high)) {
    for (const other of there.get(`${Math.floor(one / n)} ${sequence[one].sex}`) || []) {
      const more = sequence[one].score - sequence[other].score;
      if (more <= 0) continue;
      const left = apart - both * BigInt(more);
      const found = { one, other, after: left < 0n ? -left : left };
      if (!best || comesFirst(found, best, sequence)) best = found;
    }
  }
  return best && best.after < apart ? [best.one, best.other] : null;
}

function comesFirst(found, best, sequence) {
  if (found.after !== best.after) return found.after < best.after;
  const first = byText(sequence[found.one].ticket, sequence[best.one].ticket);
  return (first || byText(sequence[found.other].ticket, sequence[best.other].ticket)) < 0;
}

// Step 5: no two children of a group share a class.
function keptApart(sequence, rooms) {
  const seen = new Set();
  for (const [at, { apart }] of sequence.entries()) {
    for (const name of apart) {
      const key = `${rooms[at]} ${name}`;
      if (seen.has(key)) return false;
      seen.add(key);
    }
  }
  return true;
}

// Returns the class of each team: 1, 2, … in the order of their tickets.
function teamsDrawn(seed, school, track, teams) {
  const ticketOf = ticketsOf(seed, `teams/${school}/${track}`);
  const order = [...teams].sort((one, other) => byText(ticketOf(one), ticketOf(other)));
  return new Map(order.map((team, at) => [team, at + 1]));
}

// Returns class and arrival of each late child; `counts` are girls and boys of each class, and go on counting.
function lateJoined(seed, school, track, arrivals, counts) {
  const found = new Map();
  for (const [number, children] of [...arrivals].sort(([one], [other]) => one - other)) {
    const ticketOf = ticketsOf(seed, `late/${school}/${track}/${number}`);
    const keys = counts.map((count, at) => ({
      at, all: count.F + count.M, same: children.reduce((sum, child) => sum + count[child.sex], 0),
        ticket: ticketOf(className(at)),
    }));
    keys.sort((one, other) => one.all - other.all || one.same - other.same || byText(one.ticket, other.ticket));
    for (const child of children) {
      counts[keys[0].at][child.sex]++;
      found.set(child.id, { number: keys[0].at + 1, arrival: number });
    }
  }
  return found;
}
