import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, expect, it, vi } from "vitest";
import { tableRows } from "../../../objects/fixtures/object-fixtures.ts";
import { putFile } from "../../../objects/put-file.ts";
import { checkStore } from "../../check/check-store.ts";
import { deleteRuns } from "../../delete/delete-runs.ts";
import { appendRun } from "../../fixtures/append-run.ts";
import { freshStore } from "../../fixtures/record-one.ts";
import { tool } from "../../fixtures/tool.ts";
import type { Author } from "../../format/run.ts";
import { readIndex } from "../../index/run-index.ts";
import { markRun } from "../../marks/mark-run.ts";
import { pinRun } from "../../pins/pins.ts";
import { listRuns } from "../../read/list-runs.ts";
import { restoreRun } from "../../restore/restore-run.ts";
import { openStore } from "../../store/open-store.ts";
import type { WritableStore } from "../../store/store.ts";
import { type DataWish, pull } from "../pull.ts";
import { push } from "../push.ts";
import { addRemote } from "../remote-list.ts";

const by: Author = { name: "Ann", email: null, agent: null };
const folder = () => mkdtempSync(join(tmpdir(), "lookback-git-"));
const quiet = { signal: new AbortController().signal, onProgress: () => undefined };
const ids = async (store: WritableStore) => (await listRuns(store)).runs.map(({ id }) => id).sort();

afterEach(() => vi.unstubAllEnvs());

function team() {
  const bare = folder();
  tool(bare, "git", "init", "-q", "--bare", ".");
  return { bare, bucket: folder() };
}

/** Somebody with a clone of the team's repository. */
async function member(
  { bare = "", origin = `file://${bare}`, bucket }: { bare?: string; origin?: string; bucket: string },
  git = "origin",
) {
  const root = folder();
  tool(root, "git", "init", "-q", "-b", "main", ".");
  tool(root, "git", "remote", "add", "origin", origin);
  writeFileSync(join(root, "code.py"), "x = 1\n");
  tool(root, "git", "add", "code.py");
  tool(root, "git", "commit", "-q", "-m", "code");
  const store = await openStore(root);
  const remote = await addRemote(store, { name: "team", address: bucket, git }, root);
  return {
    root,
    store,
    push: () => push(store, remote, quiet),
    pull: (wish: DataWish = "none") => pull(store, remote, wish, quiet),
    async ran(rows: readonly string[]) {
      const file = join(root, "d.csv");
      writeFileSync(file, rows.join(""));
      const { sha256, size } = await putFile(store.objects, file);
      return appendRun(store, { uses: [{ path: "d.csv", sha256, size, stored: true }] });
    },
  };
}

/** Everything of a repository but what Lookback keeps in it. */
function state(root: string): string {
  const hash = createHash("sha256");
  const walk = (path: string) => {
    for (const name of readdirSync(path).sort()) {
      const each = join(path, name);
      if (name === "lookback") continue;
      hash.update(`${each}\n`);
      if (statSync(each).isDirectory()) walk(each);
      else hash.update(readFileSync(each));
    }
  };
  walk(join(root, ".git"));
  return hash.digest("hex");
}

it("brings runs and marks by the team's git remote, data by the bucket, and leaves both clones as they were", async () => {
  const shared = team();
  const [ann, bob] = [await member(shared), await member(shared)];
  const before = [state(ann.root), state(bob.root)];
  const rows = tableRows(1, 2_000);
  const run = await ann.ran(rows);
  await markRun(ann.store, run.id, { addTags: ["good"], note: "as of" }, by);
  expect(await ann.push()).toMatchObject({ commits: 2, files: 1, problems: [] });
  expect(await ann.push()).toMatchObject({ commits: 0, files: 0, problems: [] });
  expect(readdirSync(shared.bucket).filter((name) => name !== "tmp")).toEqual(["data"]);
  expect(await bob.pull()).toMatchObject({ commits: 2, problems: [] });
  expect((await listRuns(bob.store)).runs).toMatchObject([
    { id: run.id, marks: { tags: ["good"], note: "as of" } },
  ]);
  expect(await bob.pull({ runs: [run.id] })).toMatchObject({ commits: 0, files: 1, problems: [] });
  const to = folder();
  expect((await restoreRun(bob.store, run.id, to)).missing).toEqual([]);
  expect(readFileSync(join(to, "d.csv"), "utf8")).toBe(rows.join(""));
  expect([state(ann.root), state(bob.root)]).toEqual(before);
  const refs = tool(shared.bare, "git", "for-each-ref", "--format=%(refname)").trim().split("\n");
  expect(refs.length).toBe(2);
  for (const ref of refs) expect(ref).toMatch(/^refs\/lookback\/(log\/[0-9a-f]{8}|pins\/[0-9a-f-]{36})$/);
  for (const { store } of [ann, bob]) {
    expect((await checkStore(store)).faults).toEqual([]);
    execFileSync("git", ["fsck", "--full", "--strict"], { cwd: store.gitdir, stdio: "pipe" });
  }
});

it("joins what several do at once, also what git packed its own way in between", async () => {
  const shared = team();
  const people = await Promise.all([1, 2, 3].map(() => member(shared, `file://${shared.bare}`)));
  const runs: string[] = [];
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      people.map(async (person, at) => {
        runs.push((await person.ran(tableRows(10 * round + at, 200))).id);
        await person.push();
        await person.pull();
      }),
    );
    tool(shared.bare, "git", "gc", "-q", "--aggressive", "--prune=now");
  }
  for (const person of people) {
    expect((await person.pull("all")).problems).toEqual([]);
    expect(await ids(person.store)).toEqual([...runs].sort());
    expect((await checkStore(person.store)).faults).toEqual([]);
  }
});

it("shares where a person's own repositories have SHA-256 names by default", async () => {
  const shared = team();
  vi.stubEnv("GIT_DEFAULT_HASH", "sha256");
  const store = await freshStore();
  const run = await appendRun(store, {});
  const remote = await addRemote(
    store,
    { name: "team", address: shared.bucket, git: shared.bare },
    store.root,
  );
  expect(await push(store, remote, quiet)).toMatchObject({ commits: 1 });
  const other = await freshStore();
  await addRemote(other, { name: "team", address: shared.bucket, git: shared.bare }, other.root);
  await pull(other, remote, "none", quiet);
  expect(await ids(other)).toEqual([run.id]);
});

it("moves nothing where a chain is another there than here, and says so", async () => {
  const shared = team();
  const [ann, bob] = [await member(shared), await member(shared)];
  await ann.ran(["a\n"]);
  await ann.push();
  const ref = `refs/lookback/log/${(await readIndex(ann.store)).recorded[0]!.writer}`;
  const tree = tool(shared.bare, "git", "rev-parse", `${ref}^{tree}`).trim();
  const author = ["-c", "user.name=M", "-c", "user.email=m@example.org"];
  const other = tool(shared.bare, "git", ...author, "commit-tree", "-m", "n.ipynb other", tree).trim();
  await bob.pull();
  const known = await ids(bob.store);
  tool(shared.bare, "git", "update-ref", ref, other);
  const another = await ann.ran(["b\n"]);
  expect((await ann.push()).problems).toEqual([expect.stringMatching(/is another there than here/)]);
  expect(tool(shared.bare, "git", "rev-parse", ref).trim()).toBe(other);
  expect((await ann.pull()).problems).toHaveLength(1);
  expect(await ids(ann.store)).toContain(another.id);
  expect((await bob.pull()).problems).toEqual([expect.stringMatching(/is another there than here/)]);
  expect(await ids(bob.store)).toEqual(known);
});

it("keeps whoever shares from deleting what another's deployment rests on", async () => {
  const shared = team();
  const [ann, bob] = [await member(shared), await member(shared)];
  const run = await ann.ran(["a\n"]);
  await ann.push();
  await bob.pull();
  await pinRun(bob.store, "m@1", run.id);
  await bob.push();
  const confirmed = { by, confirmed: true };
  await expect(deleteRuns(ann.store, [run.id], confirmed)).rejects.toMatchObject({
    code: "delete/rested-on",
  });
  rmSync(shared.bare, { recursive: true });
  await expect(deleteRuns(ann.store, [run.id], confirmed)).rejects.toMatchObject({
    code: "remotes/unreachable",
  });
  await expect(bob.push()).rejects.toMatchObject({ code: "remotes/unreachable" });
  expect(await ids(ann.store)).toEqual([run.id]);
});

it.each([
  ["ssh: connect to host h port 22: Connection refused", "remotes/unreachable"],
  ["ann@h: Permission denied (publickey).", "remotes/denied"],
])("says why ssh did not lead there: %s", async (said, code) => {
  const person = await member({ origin: "ssh://ann@h/r.git", bucket: folder() });
  vi.stubEnv("GIT_SSH_COMMAND", `sh -c 'echo "${said}" >&2; exit 255'`);
  await person.ran(["a\n"]);
  await expect(person.push()).rejects.toMatchObject({ code, message: expect.stringContaining(said) });
});

it("shows no password that a remote of the person's repository holds", async () => {
  const person = await member({ origin: "https://ann:hunter2@127.0.0.1:1/r.git", bucket: folder() });
  await person.ran(["a\n"]);
  const failure = await person.push().catch((cause: unknown) => cause);
  expect(failure).toMatchObject({ code: "remotes/unreachable" });
  expect(inspect(failure, { depth: 9 })).not.toContain("hunter2");
});

it.each([
  "https://ann:hunter2@example.org/r.git",
  "https://ghp_hunter2hunter2hunter2@example.org/r.git",
  "--upload-pack=touch x",
  "ext::sh -c x",
  "nowhere",
])("does not take %s for a git remote", async (git) => {
  const root = folder();
  mkdirSync(join(root, ".git"));
  const store = await openStore(root);
  const adding = addRemote(store, { name: "team", address: folder(), git }, root);
  await expect(adding).rejects.toMatchObject({ code: "remotes/bad-address" });
  await expect(adding).rejects.toThrow(/^(?!.*hunter2)/s);
});
