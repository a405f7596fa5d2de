/**
 * The fixes of the findings in other people's notebooks: how many findings have one that holds, by rule, and why others have none. Each offered
 * fix is made and looked at again by itself: it must parse, keep every name, and remove its finding. Exit code 1 when one does not.
 *
 * `node test/bench/fixes.mjs --notebooks FILE.jsonl [--rule RULE] [--show]`: one notebook a line, `{ id, format: "py" | "ipynb", source }`;
 * without a file, those that the rules' examples are.
 */
import { readFileSync } from "node:fs";
import { anew, bundleOf } from "./setup/bundle.mjs";
import { timed } from "./setup/times.mjs";

const {
  analyze,
  applyFix,
  cellNames,
  createCache,
  forkOf,
  isBuiltin,
  loadPython,
  parseCell,
  readNotebook,
  rules,
  tryFixes,
  whyNone,
} = await anew(
  await bundleOf({
    "lsp-server/language/leakage/analyze.ts": "analyze, createCache, forkOf",
    "lsp-server/language/leakage/api/builtin-names.ts": "isBuiltin",
    "lsp-server/language/leakage/apply-fix.ts": "applyFix",
    "lsp-server/language/leakage/fixes/proven-fixes.ts": "tryFixes, whyNone",
    "lsp-server/language/leakage/rules/rules.ts": "rules",
    "lsp-server/language/notebook/python.ts": "parseCell",
    "lsp-server/language/notebook/read-notebook.ts": "readNotebook",
    "lsp-server/language/slice/cell-names.ts": "cellNames",
    "lsp-server/service/files/load-python.ts": "loadPython",
  }),
);

const given = (flag) => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? null : process.argv[at + 1];
};
const isShown = process.argv.includes("--show");
const python = await loadPython();
const tallies = new Map();
const reasons = new Map();
const bad = { parse: 0, names: 0, standing: 0 };
let milliseconds = 0;
for (const { id, format, source } of notebooks()) {
  const notebook = readNotebook(source, format === "ipynb" ? "a.ipynb" : "a.py").value;
  const cache = createCache();
  const looked = { notebook, ...analyze(notebook, { python, cache }) };
  for (const finding of looked.findings) {
    if (given("--rule") !== null && finding.rule !== given("--rule")) continue;
    const key = `${finding.rule} ${finding.severity === "information" ? "information" : "raised"}`;
    const tally = tallies.get(key) ?? { findings: 0, fixed: 0 };
    tallies.set(key, tally);
    tally.findings++;
    let offered = null;
    const refused = [];
    milliseconds += await timed(() => {
      const look = { python, analyze: (each) => analyze(each, { python, cache: forkOf(cache) }) };
      for (const { fix, refusal } of tryFixes(notebook, looked, finding, look)) {
        if (refusal === null) offered ??= { fix, after: { notebook: applyFix(notebook, fix) } };
        else refused.push({ fix, why: refusal.reason });
      }
    });
    if (offered === null) {
      const why = whyNone(finding, refused);
      const kind = `${key}: ${why.replace(/`[^`]*`|\d+/g, "…")}`;
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1);
      if (isShown) console.log(`${id} ${key}\n    ${lineOf(notebook, finding)}\n    ${why}`);
      continue;
    }
    tally.fixed++;
    const faults = faultsOf(looked, offered.after, finding);
    for (const fault of faults) {
      bad[fault]++;
      console.log(`${id}: “${offered.fix.title}” (${finding.rule}): ${fault}`);
    }
  }
}

const sum = (all, of) => all.reduce((total, each) => total + each[of], 0);
const percent = (all) =>
  `${sum(all, "fixed")} of ${sum(all, "findings")} (${((100 * sum(all, "fixed")) / Math.max(1, sum(all, "findings"))).toFixed(0)} %)`;
for (const [key, tally] of [...tallies].sort((a, b) => b[1].findings - a[1].findings))
  console.log(`${key.padEnd(44)}${percent([tally])}`);
if (!isShown) {
  console.log("\nwhy not:");
  for (const [why, count] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 60))
    console.log(`${String(count).padStart(5)}  ${why}`);
}
const raised = [...tallies].filter(([key]) => key.endsWith(" raised")).map(([, tally]) => tally);
console.log(`\noffered: ${percent([...tallies.values()])}; of warnings and errors ${percent(raised)}`);
console.log(`still standing ${bad.standing}, does not parse ${bad.parse}, names undefined ${bad.names}`);
console.log(
  `${(milliseconds / Math.max(1, sum([...tallies.values()], "findings"))).toFixed(0)} ms a finding to try its fixes`,
);
process.exitCode = bad.parse + bad.names + bad.standing > 0 ? 1 : 0;

/** What is wrong with a fixed notebook, told apart from `whyNot`: from its text, looked at with nothing remembered. */
function faultsOf(before, { notebook }, { rule, severity }) {
  const after = analyze(notebook, { python });
  const isRaised = (one) => severity === "information" || one.severity !== "information";
  const count = ({ findings }) => findings.filter((one) => one.rule === rule && isRaised(one)).length;
  return [
    ...(after.broken.length > before.broken.length ? ["parse"] : []),
    ...(undefinedNames(notebook) > undefinedNames(before.notebook) ? ["names"] : []),
    ...(count(after) >= count(before) ? ["standing"] : []),
  ];
}

function undefinedNames({ cells }) {
  const bound = new Set();
  let missing = 0;
  for (const { source } of cells) {
    const { root, tree } = parseCell(python, source);
    const { needs, binds } = cellNames(root, source);
    tree.delete();
    for (const name of needs) if (!bound.has(name) && !isBuiltin(name)) missing++;
    for (const name of binds) bound.add(name);
  }
  return missing;
}

function lineOf({ cells }, { cellId, range }) {
  return cells
    .find((cell) => cell.id === cellId)
    ?.source.split("\n")
    [range.start.line]?.trim()
    .slice(0, 160);
}

function notebooks() {
  const path = given("--notebooks");
  if (path === null)
    return rules.flatMap(({ id, examples }) =>
      examples.map(({ title, code }) => ({ id: `${id}, ${title}`, format: "py", source: code })),
    );
  return readFileSync(path, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
