// Looks over a page as it is drawn: what is wider than its place, which words are too small, cut, broken or on top of each other.
const wrong = [];
const shown = (node) => node.getClientRects().length > 0;
const words = (node) => node.textContent.trim().slice(0, 60);
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth + 1) wrong.push(`page ${root.scrollWidth} > ${root.clientWidth}`);
for (const node of document.querySelectorAll("main div, main table, main th, main td, main p, main h2, main figure")) {
  if (!shown(node)) continue;
  if (node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== "inline")
    wrong.push(`${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}: ${words(node)}`);
  const box = node.getBoundingClientRect();
  if (box.right > root.clientWidth + 1 || box.left < -1) wrong.push(`${node.tagName} beyond the page: ${words(node)}`);
}
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  for (const date of texts.currentNode.data.matchAll(/\d{4}-\d\d-\d\d/g)) {
    const range = document.createRange();
    range.setStart(texts.currentNode, date.index);
    range.setEnd(texts.currentNode, date.index + date[0].length);
    if (range.getClientRects().length > 1) wrong.push(`broken: ${date[0]}`);
  }
}
let pictures = 0;
for (const svg of document.querySelectorAll("main svg")) {
  if (!shown(svg)) continue;
  pictures += 1;
  const frame = svg.getBoundingClientRect();
  const scale = frame.width / svg.viewBox.baseVal.width;
  const boxes = [];
  for (const node of svg.querySelectorAll("text")) {
    if (!words(node)) continue;
    const size = parseFloat(getComputedStyle(node).fontSize) * scale;
    if (size < 11) wrong.push(`small ${size.toFixed(1)}: ${words(node)}`);
    if (words(node).includes("…")) wrong.push(`cut: ${words(node)}`);
    const box = node.getBoundingClientRect();
    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
      wrong.push(`outside of its picture: ${words(node)}`);
    // a box of words has room above and below its letters
    const room = box.height / Math.max(1, node.querySelectorAll("tspan[dy]").length) * 0.22;
    boxes.push([words(node), box.left + 1, box.right - 1, box.top + room, box.bottom - room]);
  }
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    if (a[1] < b[2] && b[1] < a[2] && a[3] < b[4] && b[3] < a[4]) wrong.push(`on top of each other: ${a[0]} | ${b[0]}`);
  }));
}
parent.postMessage(JSON.stringify({ wrong, pictures, width: root.clientWidth }), "*");
