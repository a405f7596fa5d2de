import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findPython } from "./find-python.ts";

const folder = mkdtempSync(join(tmpdir(), "lookback-python-"));

/** A program that answers as a Python would. */
function python(name: string, answers: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${answers}\n`);
  chmodSync(path, mode);
  return path;
}

it.each([
  [
    "has no ipykernel",
    "echo \"ModuleNotFoundError: No module named 'ipykernel'\" >&2; exit 1",
    "kernels/no-ipykernel",
    /has no ipykernel/,
  ],
  [
    "lacks what ipykernel needs",
    "echo \"ModuleNotFoundError: No module named 'zmq'\" >&2; exit 1",
    "kernels/broken-python",
    /No module named 'zmq'\. No kernel/,
  ],
  ["ends without a word", "exit 3", "kernels/broken-python", /it ended with 3\. No kernel/],
])("says of a Python that %s just that", async (name, answers, code, message) => {
  await expect(findPython(folder, python(name.replaceAll(" ", "-"), answers))).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message),
  });
});

it("says of what may not be run that it may not, and of what is not there that it is not", async () => {
  await expect(findPython(folder, python("locked", "exit 0", 0o644))).rejects.toMatchObject({
    code: "kernels/broken-python",
  });
  await expect(findPython(folder, join(folder, "nothing"))).rejects.toMatchObject({
    code: "kernels/no-python",
  });
});

it("takes the first that can be used", async () => {
  const ready = join(folder, "bin");
  mkdirSync(ready);
  python(join("bin", "python3"), "exit 3");
  const good = python(join("bin", "python"), "exit 0");
  expect(await findPython(folder, undefined, { PATH: ready })).toBe(good);
});
