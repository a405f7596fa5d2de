import { appendFileSync, cpSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { deleteRuns, planDelete } from "../delete/delete-runs.ts";
import { by, folder, ids, quiet, sharing } from "../fixtures/sharing.ts";
import { pinRun } from "../pins/pins.ts";
import { openStore } from "../store/open-store.ts";
import { pull } from "./pull.ts";
import { push } from "./push.ts";
import { remotesOf } from "./remote-list.ts";

it("keeps whoever shares from deleting what another's deployment rests on", async () => {
  const address = folder();
  const [ann, bob] = [await sharing(address), await sharing(address)];
  const run = await ann.ran(["a\n"]);
  await ann.push();
  await bob.pull();
  await pinRun(bob.store, "m@1", run.id);
  const confirmed = { by, confirmed: true };
  await bob.push();
  expect((await planDelete(ann.store, [run.id])).refused).toMatchObject([{ deployments: [{ name: "m@1" }] }]);
  await expect(deleteRuns(ann.store, [run.id], confirmed)).rejects.toMatchObject({
    code: "delete/rested-on",
  });
  appendFileSync(join(address, "pins", readdirSync(join(address, "pins")).sort()[0]!), "torn");
  rmSync(join(address, "pins"), { recursive: true });
  rmSync(address, { recursive: true });
  await expect(deleteRuns(ann.store, [run.id], confirmed)).rejects.toMatchObject({
    code: "remotes/unreachable",
  });
  expect(await ids(ann.store)).toEqual([run.id]);
});

it("takes a copy of a workspace for another one, which takes back nothing of what the first said, and heeds it", async () => {
  const address = folder();
  const ann = await sharing(address);
  const run = await ann.ran(["a\n"]);
  await ann.push();
  const copy = folder();
  cpSync(ann.store.root, copy, { recursive: true });
  await pinRun(ann.store, "m@1", run.id);
  await ann.push();
  const store = await openStore(copy);
  const remote = (await remotesOf(store))[0]!;
  await push(store, remote, quiet);
  await push(store, remote, quiet);
  expect(readdirSync(join(address, "pins"))).toHaveLength(2);
  await pull(store, remote, "none", quiet);
  expect((await planDelete(store, [run.id])).refused).toMatchObject([{ deployments: [{ name: "m@1" }] }]);
  const bob = await sharing(address);
  await bob.pull();
  await expect(deleteRuns(bob.store, [run.id], { by, confirmed: true })).rejects.toMatchObject({
    code: "delete/rested-on",
  });
  renameSync(ann.store.root, `${ann.store.root} moved`);
  const moved = await openStore(`${ann.store.root} moved`);
  await push(moved, remote, quiet);
  expect(readdirSync(join(address, "pins"))).toHaveLength(2);
});
