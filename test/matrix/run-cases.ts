import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { observerCode } from "@lookback/kernel-bridge/journal/observer-code.ts";
import { type Kernel, launchKernel } from "@lookback/kernel-bridge/kernels/launch-kernel.ts";
import { openStore } from "@lookback/kernel-bridge/ledger/store/open-store.ts";
import type { WritableStore } from "@lookback/kernel-bridge/ledger/store/store.ts";
import type { CaptureCase, CaptureCases } from "./capture-case.ts";
import { type Judgement, judgeCase } from "./judge-case.ts";
import { must, recordCells } from "./kernel-work.ts";

export interface JudgedCase extends Judgement {
  readonly name: string;
}

/**
 * Runs the cases of one library in one real kernel, each as a run of its own in a folder of its own, and judges what was recorded. Null where
 * the Python cannot import what they need.
 */
export async function runCases(
  { needs, cases }: CaptureCases,
  python: string,
  onCase: (judged: JudgedCase) => void = () => undefined,
): Promise<readonly JudgedCase[] | null> {
  const store = await openStore(mkdtempSync(join(tmpdir(), "lookback-matrix-")));
  const kernel = await launchKernel({ cwd: store.root, python });
  try {
    const imports = await kernel.execute(
      `import importlib.util\nassert all(map(importlib.util.find_spec, ${JSON.stringify(needs)}))`,
      { silent: true },
    );
    if (imports.error !== null) return null;
    const code = await observerCode(store, {
      sessionId: "s",
      notebook: "case.ipynb",
      compiler: ["node"],
      startedFrom: "matrix",
    });
    await must(kernel, code);
    const judged: JudgedCase[] = [];
    for (const [at, each] of cases.entries()) {
      const folder = `case-${at}/`;
      const one = { name: each.name, ...(await runCase(kernel, store, each, folder)) };
      onCase(one);
      judged.push(one);
    }
    return judged;
  } finally {
    await kernel.shutdown();
  }
}

async function runCase(
  kernel: Kernel,
  store: WritableStore,
  each: CaptureCase,
  folder: string,
): Promise<Judgement> {
  const path = join(store.root, folder);
  mkdirSync(path);
  await must(kernel, `import os; os.chdir(${JSON.stringify(path)})`);
  if (each.setup !== undefined) await must(kernel, each.setup);
  const afterSetup = hashesBelow(path);
  for (const [at, source] of each.cells.entries()) {
    const { error } = await kernel.execute(source, { cellId: `c${at}` });
    if (error !== null)
      return { verdict: "silent", faults: [`the case itself failed: ${error.name}: ${error.message}`] };
  }
  const run = await recordCells(store, "case.ipynb", each.cells);
  return judgeCase(each, run, { folder, afterSetup, atEnd: hashesBelow(path), sha256Of });
}

function hashesBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(
    files.map((path) => [path.slice(folder.length).replaceAll("\\", "/"), sha256Of(readFileSync(path))]),
  );
}

function sha256Of(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
