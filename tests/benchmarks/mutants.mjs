// Mutates the browser's matcher and counts what its tests notice.
// node mutants.mjs WORK SAMPLE SEED; WORK holds {match, passages, found} from Python.
//
// Acorn parses the script; every operator, number, text, truth value, condition, call
// statement and answer is changed in the ways of mutmut. A mutant is killed when it cannot be
// loaded, takes more processor time than the limit, or finds anything else in the vectors and
// passages; what survives that meets tests/extension/matcher.test.js as well.
// node mutants.mjs check WORK SCRIPT ends with 0 when the script finds what Python found.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { parse } from "acorn";
import { toCodePoints } from "../vectors/points.mjs";

const checks = process.argv[2] === "check";
const [workFile, sample, seed] = process.argv.slice(checks ? 3 : 2);
const root = new URL("../../", import.meta.url).pathname;
const SCRIPTS = ["anchors.js", "tables.js", "matcher.js"]; // as one: each needs those before
const source = SCRIPTS.map((name) => readFileSync(join(root, "extension", name), "utf8")).join("");
const work = JSON.parse(readFileSync(workFile, "utf8"));
// Seconds of processor time, so that a busy machine kills nothing: unmutated, all passages take
// about one and the tests about four.
const LIMIT = 20;

const SWAPS = {
  "===": "!==", "!==": "===", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
  "+": "-", "-": "+", "*": "/", "/": "*", "%": "/", "&": "|", "|": "&", "^": "&",
  "<<": ">>", ">>": "<<", ">>>": "<<", "&&": "||", "||": "&&", "??": "&&",
  "+=": "-=", "-=": "+=", "*=": "/=", "|=": "&=", "&=": "|=", "<<=": ">>=", ">>=": "<<=",
  "++": "--", "--": "++",
};

/** Every mutant as {start, end, text}: what replaces that stretch of the source. */
function* mutantsOf(node) {
  if (!node || typeof node.type !== "string") return;
  const swap = (from, to) => {
    const at = source.indexOf(node.operator, from);
    return { start: at, end: at + node.operator.length, text: SWAPS[node.operator], to };
  };
  const instead = (one, text) => ({ start: one.start, end: one.end, text });
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression":
    case "AssignmentExpression":
      if (SWAPS[node.operator]) yield swap(node.left.end);
      else if (node.operator === "=") yield instead(node.right, "undefined");
      break;
    case "VariableDeclarator":
      if (node.init) yield instead(node.init, "undefined");
      break;
    case "UpdateExpression":
      yield swap(node.prefix ? node.start : node.argument.end);
      break;
    case "UnaryExpression":
      if (node.operator === "!" || node.operator === "-")
        yield { start: node.start, end: node.start + 1, text: "" };
      break;
    case "Literal":
      if (typeof node.value === "number") yield instead(node, String(node.value + 1));
      else if (typeof node.value === "boolean") yield instead(node, String(!node.value));
      else if (typeof node.value === "string") yield instead(node, `"XX${node.raw.slice(1, -1)}XX"`);
      break;
    case "IfStatement":
    case "ConditionalExpression":
      yield instead(node.test, "true");
      yield instead(node.test, "false");
      break;
    case "ReturnStatement":
      if (node.argument) yield instead(node.argument, "undefined");
      break;
    case "ContinueStatement":
      yield instead(node, "break;");
      break;
    case "BreakStatement":
      yield instead(node, "continue;");
      break;
    case "ExpressionStatement":
      if (node.expression.type === "CallExpression" && !node.directive) yield instead(node, ";");
      break;
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === "type") continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (child && typeof child === "object") yield* mutantsOf(child);
  }
}

/** A generator of numbers from 0 to 1 that a seed decides (mulberry32). */
function makeRandom(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function drawn(all, count) {
  const random = makeRandom(Number(seed));
  const pool = [...all];
  const kept = [];
  while (kept.length < count && pool.length)
    kept.push(...pool.splice(Math.floor(random() * pool.length), 1));
  return kept.sort((a, b) => a.start - b.start);
}

const CHECK = `
  const matcher = ZhiquanMatcher.create({ match: work.match });
  work.passages.every(([title, text], at) =>
    JSON.stringify(
      toCodePoints(text, matcher.find(text, title)).map((one) => [
        one.lender, one.surface, one.start, one.end])) === work.expected[at])`;

work.expected = work.found.map((one) => JSON.stringify(one));

/** Whether the script finds in every passage what Python found. */
function findsTheSame(script) {
  const page = createContext({ work, toCodePoints, atob, btoa });
  try {
    runInContext(script, page);
    return runInContext(`(() => {${CHECK.replace("work.passages", "return work.passages")}})()`, page);
  } catch {
    return false;
  }
}

/** Whether a program ends well within the limit. @param {string[]} words */
function endsWell(...words) {
  const command = ["-c", `ulimit -t ${LIMIT}; exec node "$@"`, "node", ...words];
  return spawnSync("bash", command, { stdio: "ignore" }).status === 0;
}

/** Whether the passages and the matcher's own tests notice nothing. */
function passesAll(script, folder) {
  const place = join(folder, "extension/matcher.js");
  writeFileSync(place, script);
  return (
    endsWell(new URL(import.meta.url).pathname, "check", workFile, place) &&
    endsWell(join(folder, "tests/extension/matcher.test.js"))
  );
}

/** The mutant as a line: where, and what became what. */
function told({ start, end, text }) {
  const before = source.slice(0, start).split("\n");
  const line = source.split("\n")[before.length - 1];
  const column = before.at(-1).length;
  const changed = source.slice(start, end).replace(/\s+/g, " ");
  return `${SCRIPTS.join("+")}:${before.length}:${column + 1}: ${changed} → ${text || "nothing"} in: ${line.trim()}`;
}

if (checks) process.exit(findsTheSame(readFileSync(sample, "utf8")) ? 0 : 1);

const all = [...mutantsOf(parse(source, { ecmaVersion: 2022, sourceType: "script" }))].filter(
  ({ start, end, text }) => source.slice(start, end) !== text,
);
const folder = mkdtempSync(join(tmpdir(), "mutation-"));
try {
  for (const name of ["package.json", "tests/vectors", "tests/extension", "extension"])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  if (!passesAll(source, folder))
    throw new Error("the matcher fails its tests before any mutation");
  const tried = drawn(all, Number(sample));
  const survivors = tried.filter(({ start, end, text }) => {
    const script = source.slice(0, start) + text + source.slice(end);
    return passesAll(script, folder);
  });
  process.stdout.write(
    JSON.stringify({ known: all.length, tried: tried.length, survivors: survivors.map(told) }),
  );
} finally {
  rmSync(folder, { recursive: true });
}
