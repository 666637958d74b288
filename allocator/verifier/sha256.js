// SHA-256 (FIPS 180-4) on bytes, and tickets: SHA-256 of "seedhex|draw id|party id" (lottery.md section 4).
// A page opened from a file has no crypto.subtle in every browser, so the function stands here.

const ROUND_CONSTANTS = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const FIRST_STATE = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const schedule = new Int32Array(64);

// Mixes the block of 64 bytes that begins at `at` into the state.
function mixBlock(state, bytes, at) {
  const w = schedule;
  for (let t = 0; t < 16; t++, at += 4) {
    w[t] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let t = 16; t < 64; t++) {
    const x = w[t - 15];
    const y = w[t - 2];
    const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[t] = (w[t - 16] + low + w[t - 7] + high) | 0;
  }
  let a = state[0]; let b = state[1]; let c = state[2]; let d = state[3];
  let e = state[4]; let f = state[5]; let g = state[6]; let h = state[7];
  for (let t = 0; t < 64; t++) {
    const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + high + ((e & f) ^ (~e & g)) + ROUND_CONSTANTS[t] + w[t]) | 0;
    const low = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// Returns the last block or two of a message: its rest, one bit, zeros, the length in bits.
function lastBlocks(rest, length) {
  const bytes = new Uint8Array(rest.length < 56 ? 64 : 128);
  bytes.set(rest);
  bytes[rest.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor(length / 0x20000000));
  view.setUint32(bytes.length - 4, (length << 3) >>> 0);
  return bytes;
}

const HEX_PAIRS = Array.from({ length: 65536 }, (_, pair) => pair.toString(16).padStart(4, "0"));

function hexOf(state) {
  let text = "";
  for (const word of state) text += HEX_PAIRS[word >>> 16] + HEX_PAIRS[word & 0xffff];
  return text;
}

// A generator, so that the page stays alive over a large file: it yields after each megabyte and returns the digest.
function* sha256InSteps(bytes) {
  const state = new Int32Array(FIRST_STATE);
  const whole = bytes.length - (bytes.length % 64);
  for (let at = 0; at < whole; at += 64) {
    mixBlock(state, bytes, at);
    if (at % 1048576 === 0) yield;
  }
  const last = lastBlocks(bytes.subarray(whole), bytes.length);
  for (let at = 0; at < last.length; at += 64) mixBlock(state, last, at);
  return hexOf(state);
}

function sha256(bytes) {
  const steps = sha256InSteps(bytes);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

function asciiBytes(text) {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

// Returns a function from party id to ticket. The 64 digits of the seed are one whole block: it is mixed in once.
function ticketsOf(seedhex, drawId) {
  const seeded = new Int32Array(FIRST_STATE);
  mixBlock(seeded, asciiBytes(seedhex), 0);
  return (partyId) => {
    const rest = asciiBytes("|" + drawId + "|" + partyId);
    const whole = rest.length - (rest.length % 64);
    const state = seeded.slice();
    for (let at = 0; at < whole; at += 64) mixBlock(state, rest, at);
    const last = lastBlocks(rest.subarray(whole), 64 + rest.length);
    for (let at = 0; at < last.length; at += 64) mixBlock(state, last, at);
    return hexOf(state);
  };
}
