import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { collect, type Garbage, planCollect } from "@lookback/kernel-bridge/ledger/delete/collect.ts";
import { type StoreSize, setBudget, storeSize } from "@lookback/kernel-bridge/ledger/delete/store-size.ts";
import { authorAt } from "@lookback/kernel-bridge/ledger/marks/author.ts";
import { setFileLimit } from "@lookback/kernel-bridge/ledger/store/file-limit.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { layStore, layStoreIfThere } from "@lookback/kernel-bridge/ledger/store/lay-store.ts";
import type { Command } from "../command.ts";
import { bytesOf, sayBytes } from "../say-bytes.ts";

const help = `lookback gc [--dry-run] [--budget SIZE] [--file-limit SIZE|none] [--json]

Frees the stored bytes that only deleted runs need, and says which; --dry-run only says. A deleted run cannot be brought back after it.
What a run that stands needs, and what a deployment rests or ever rested on, stays; where anything of it cannot be read, nothing is freed.
Notebooks' text and outputs of deleted runs stay in the ledger's own git history: only data is freed. Says too what the store takes, where
it comes from, and what could go; --budget sets the size from which \`lookback runs\` says so (10 GB). Nothing is ever freed by itself.
Copies of what \`lookback restore --in-place\` replaced go after 30 days. --file-limit sets how large a file may be to be stored: of a larger one runs have the hash alone (none unless set).

Exit codes: 0 done, and the store is within its budget, 1 done, and it is not, 2 usage or failure.
`;

/** `lookback gc`: the bytes of deleted runs, and what the store takes. */
export const gc: Command = {
  help,
  async run(argv, io) {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        "dry-run": { type: "boolean", default: false },
        budget: { type: "string" },
        "file-limit": { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    const budget = sizeOf("--budget", values.budget);
    const noLimit = values["file-limit"] === "none";
    const limit = noLimit ? null : sizeOf("--file-limit", values["file-limit"]);
    const found = await findStore(io.cwd);
    if (budget !== undefined) await setBudget(await layStore(found), budget);
    if (limit !== undefined) await setFileLimit(await layStore(found), limit);
    const store = values["dry-run"] ? null : await layStoreIfThere(found);
    const garbage =
      store === null ? await planCollect(found) : await collect(store, await authorAt(found.root, io.env));
    const size = await storeSize(found);
    if (values.json) io.out(`${JSON.stringify({ dryRun: store === null, ...garbage, size }, null, 2)}\n`);
    else io.out(`${sayGarbage(garbage, store === null)}\n${saySize(size)}`);
    return size.total > size.budget ? 1 : 0;
  },
};

function sizeOf(option: string, value: string | undefined): number | undefined {
  const bytes = value === undefined ? undefined : bytesOf(value);
  if (bytes !== null) return bytes;
  throw new Failure("gc/usage", `${option} takes a size such as 20GB; ${value} is none.`, { advice: help });
}

function sayGarbage({ runs, kept, data, unnamed, replaced, bytes }: Garbage, isDry: boolean): string {
  const lines = [
    ...kept.map(
      ({ run, deployments }) =>
        `run ${run} is deleted, and kept: ${[...new Set(deployments)].join(", ")} rests or rested on it`,
    ),
    ...runs.map(({ run, notebook, at }) => `run ${run}  ${notebook}  deleted ${at.slice(0, 10)}`),
    ...data.map(
      (each) =>
        `  ${each.path}  ${counted(each.versions, "version")} of ${counted(each.runs.length, "run")}  ${sayBytes(each.bytes)}`,
    ),
    ...(unnamed === 0 ? [] : [`${counted(unnamed, "stored file")} that no run names`]),
    ...(replaced === 0
      ? []
      : [`${counted(replaced, "copy", "copies")} of what was restored over more than 30 days ago`]),
    isDry
      ? `${sayBytes(bytes)} would be freed.`
      : `${sayBytes(bytes)} freed.${runs.length === 0 ? "" : " The text and outputs of the deleted notebooks stay in the ledger's git history."}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** What a store takes, and what could go. */
function saySize({
  total,
  data,
  history,
  replaced,
  budget,
  largest,
  costly,
  deleted,
  old,
}: StoreSize): string {
  const over = total > budget ? `, more than its budget of ${sayBytes(budget)}` : "";
  const lines = [
    `The store takes ${sayBytes(total)}${over}: data ${sayBytes(data)}, history ${sayBytes(history)}${replaced === 0 ? "" : `, copies of what was restored over ${sayBytes(replaced)}`}.`,
    ...largest.map(
      ({ path, versions, bytes }) =>
        `  ${path}  ${counted(versions, "version")}  ${sayBytes(bytes)} before what they share`,
    ),
    ...costly.map(
      ({ path, size, newBytes, rowGroups }) =>
        `${path}: of its newest version ${sayBytes(newBytes)} of ${sayBytes(size)} are new. If little changed in it: it is Parquet in ${counted(rowGroups, "row group")}; ` +
        "written by pyarrow with use_content_defined_chunking=True and row_group_size=len(table), a version takes about what changed.",
    ),
    ...(deleted === 0
      ? []
      : [
          `${counted(deleted, "deleted run")} can still be brought back; \`lookback gc\` frees what they take.`,
        ]),
    ...(old.runs.length === 0
      ? []
      : [
          `${counted(old.runs.length, "run")} of more than 90 days ago ${old.runs.length === 1 ? "has" : "have"} no star, name, tag or official mark, and no deployment rests on ${old.runs.length === 1 ? "it" : "them"}: with \`lookback delete\` up to ${sayBytes(old.bytes)} of data could go.`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}
