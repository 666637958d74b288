// What orders the parties: tickets by hash, numbers made elsewhere, or a ring (lottery.md section 4, public.md
// section 1). Each order gives { ticket(drawId, partyId), before(one, other) } with tickets as they are written in
// the files.

const WHOLE_NUMBER = /^(?:0|[1-9][0-9]{0,99})$/;

// Tickets of one length go by code point; numbers and places go by length first, since they have no leading zero.
function beforeTicket(one, other) {
  return one.length !== other.length ? one.length < other.length : one < other;
}

function hashOrder(seedhex, scope) {
  const words = new Map();
  return {
    kind: "hash",
    ticket(drawId, partyId) {
      const word = scope === "per_session" ? "session" : drawId;
      if (!words.has(word)) words.set(word, ticketsOf(seedhex, word));
      return words.get(word)(partyId);
    },
  };
}

// One order of the whole session: a map from party id to what stands where a ticket is written.
function sessionOrder(kind, written) {
  return { kind, ticket: (drawId, partyId) => written.get(partyId) ?? "" };
}

// Returns the numbers 1…count of a ring in the order chosen: first start, then each step-th of those still in it.
// They stand in blocks of about the square root of their count, so that taking one moves few others.
function ringNumbers(count, start, step) {
  const width = Math.max(64, 4 * Math.ceil(Math.sqrt(count)));
  const blocks = [];
  for (let first = 1; first <= count; first += width) {
    blocks.push(Array.from({ length: Math.min(width, count + 1 - first) }, (_, at) => first + at));
  }
  const chosen = [];
  let at = start - 1;
  for (let left = count; left > 0; left--) {
    let inside = at;
    let block = 0;
    while (inside >= blocks[block].length) inside -= blocks[block++].length;
    chosen.push(blocks[block].splice(inside, 1)[0]);
    if (left > 1) at = (at + Number((step - 1n) % BigInt(left - 1))) % (left - 1);
  }
  return chosen;
}

// Returns the order of a ring over the parties of the draw roster, which are numbered as they stand in it.
function ringOrder(roster, ring) {
  const parties = [...roster.keys()];
  const written = new Map();
  ringNumbers(parties.length, ring.start, ring.step).forEach((number, at) => {
    written.set(parties[number - 1], String(at + 1));
  });
  return sessionOrder("ring", written);
}
