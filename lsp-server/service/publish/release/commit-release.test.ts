import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { commitRelease } from "./commit-release.ts";

/** A repository with a commit, a staged change, an unstaged change and an untracked file. */
function busyRepository(): { dir: string; git: (...args: string[]) => string } {
  const dir = mkdtempSync(join(tmpdir(), "lookback-commit-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@b", ...args], {
      cwd: dir,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  git("init", "-q", "-b", "main");
  writeFileSync(join(dir, "a.txt"), "1");
  writeFileSync(join(dir, "b.txt"), "1");
  git("add", ".");
  git("commit", "-qm", "first");
  writeFileSync(join(dir, "a.txt"), "2");
  git("add", "a.txt");
  writeFileSync(join(dir, "b.txt"), "2");
  writeFileSync(join(dir, "c.txt"), "untracked");
  return { dir, git };
}

const release = (dir: string, version: number, text: string) => ({
  gitdir: join(dir, ".git"),
  name: "n",
  version,
  files: new Map([
    ["pipeline.json", Buffer.from(text)],
    ["model/model.onnx", Buffer.from([0, 255, 10, 13])],
  ]),
  message: `Publish n ${version}`,
  at: new Date("2024-05-01T12:00:00Z"),
});

describe("committing a release", () => {
  it("adds a commit and an annotated tag, and touches nothing of the person's", async () => {
    const { dir, git } = busyRepository();
    const state = () => [
      git("status", "--porcelain=v2", "--branch"),
      git("rev-parse", "HEAD"),
      git("ls-files", "--stage"),
    ];
    const before = state();
    expect(await commitRelease(release(dir, 1, "one"))).toBe("n/v1");
    expect(await commitRelease(release(dir, 2, "two"))).toBe("n/v2");
    expect(state()).toEqual(before);
    expect(git("cat-file", "-t", "n/v1").trim()).toBe("tag");
    expect(git("show", "n/v1:deploy/n/1/pipeline.json")).toBe("one");
    expect(git("ls-tree", "-r", "--name-only", "lookback/n").trim().split("\n")).toEqual([
      "deploy/n/1/model/model.onnx",
      "deploy/n/1/pipeline.json",
      "deploy/n/2/model/model.onnx",
      "deploy/n/2/pipeline.json",
    ]);
    expect(git("rev-list", "--count", "lookback/n").trim()).toBe("2");
    expect(git("fsck", "--strict", "--no-dangling")).toBe("");
  });

  it("gives the same commit for the same release at the same time", async () => {
    const ids = [];
    for (let each = 0; each < 2; each++) {
      const { dir, git } = busyRepository();
      git("config", "user.name", "A");
      git("config", "user.email", "a@b");
      await commitRelease(release(dir, 1, "one"));
      ids.push(git("rev-parse", "lookback/n", "n/v1"));
    }
    expect(ids[0]).toBe(ids[1]);
  });

  it("carries the person that git names, by their own configuration too", async () => {
    const { dir, git } = busyRepository();
    const home = mkdtempSync(join(tmpdir(), "lookback-home-"));
    writeFileSync(join(home, "config"), "[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n");
    vi.stubEnv("GIT_CONFIG_GLOBAL", join(home, "config"));
    try {
      await commitRelease(release(dir, 1, "one"));
    } finally {
      vi.unstubAllEnvs();
    }
    const by = "Ada Lovelace <ada@example.org>";
    expect(git("log", "-1", "--format=%an <%ae>, %cn <%ce>", "lookback/n").trim()).toBe(`${by}, ${by}`);
    expect(git("for-each-ref", "--format=%(taggername) %(taggeremail)", "refs/tags/n/v1").trim()).toBe(by);
  });

  it("is signed where they sign, and refuses to go unsigned where that fails", async () => {
    const { dir, git } = busyRepository();
    const key = join(mkdtempSync(join(tmpdir(), "lookback-key-")), "key");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
    writeFileSync(`${key}.allowed`, `a@b ${readFileSync(`${key}.pub`, "utf8")}`);
    const settings = {
      ...{ "user.name": "A", "user.email": "a@b", "gpg.format": "ssh", "user.signingkey": key },
      ...{ "gpg.ssh.allowedSignersFile": `${key}.allowed`, "commit.gpgsign": "true", "tag.gpgsign": "true" },
    };
    for (const [name, value] of Object.entries(settings)) git("config", name, value);
    await commitRelease(release(dir, 1, "one"));
    git("verify-commit", "lookback/n");
    git("verify-tag", "n/v1");
    const branch = git("rev-parse", "lookback/n");
    git("config", "user.signingkey", `${key}-gone`);
    await expect(commitRelease(release(dir, 2, "two"))).rejects.toMatchObject({
      code: "publish/not-committed",
    });
    git("config", "commit.gpgsign", "false");
    await expect(commitRelease(release(dir, 2, "two"))).rejects.toMatchObject({
      code: "publish/not-committed",
    });
    expect(git("tag").trim()).toBe("n/v1");
    expect(git("rev-parse", "lookback/n"), "the branch stays where it was").toBe(branch);
  });

  it("refuses to move a branch that is checked out, here or in another worktree", async () => {
    const { dir, git } = busyRepository();
    git("branch", "lookback/n");
    git("worktree", "add", "-q", `${dir}-other`, "lookback/n");
    const head = git("rev-parse", "lookback/n");
    await expect(commitRelease(release(dir, 1, "one"))).rejects.toMatchObject({
      code: "publish/checked-out",
    });
    expect(git("rev-parse", "lookback/n")).toBe(head);
    expect(git("tag").trim()).toBe("");
  });

  it("commits from a linked worktree, and leaves it and the main one as they are", async () => {
    const { dir, git } = busyRepository();
    const linked = `${dir}-linked`;
    git("worktree", "add", "-q", "-b", "side", linked);
    writeFileSync(join(linked, "a.txt"), "3");
    const state = () =>
      [dir, linked].map((place) => [
        git("-C", place, "status", "--porcelain=v2", "--branch"),
        git("-C", place, "ls-files", "--stage"),
      ]);
    const before = state();
    const common = git("-C", linked, "rev-parse", "--path-format=absolute", "--git-common-dir").trim();
    await commitRelease({ ...release(dir, 1, "one"), gitdir: common });
    expect(state()).toEqual(before);
    expect(git("-C", linked, "show", "n/v1:deploy/n/1/pipeline.json")).toBe("one");
    expect(git("fsck", "--strict", "--no-dangling")).toBe("");
  });

  it.each([
    ["a branch above its branch", ["branch", "lookback"], /^The branch lookback exists, so .* lookback\/n\./],
    ["a branch below its branch", ["branch", "lookback/n/x"], /^The branch lookback\/n\/x exists/],
    ["a tag above its tag", ["tag", "n"], /^The tag n exists, so git cannot hold a tag named n\/v1\./],
  ])("refuses %s, packed or not, and writes nothing", async (_, command, message) => {
    const { dir, git } = busyRepository();
    git(...command);
    for (const pack of [() => undefined, () => git("pack-refs", "--all")]) {
      pack();
      const before = git("for-each-ref");
      const committing = commitRelease(release(dir, 1, "one"));
      await expect(committing).rejects.toMatchObject({
        code: "publish/ref-in-the-way",
        message: expect.stringMatching(message),
      });
      expect(git("for-each-ref")).toBe(before);
    }
  });

  it("replaces whole what a killed publication committed without a tag", async () => {
    const { dir, git } = busyRepository();
    await commitRelease({ ...release(dir, 1, "one"), files: new Map([["left.txt", Buffer.from("x")]]) });
    git("tag", "-d", "n/v1");
    await commitRelease(release(dir, 1, "one"));
    expect(git("ls-tree", "-r", "--name-only", "n/v1").trim().split("\n")).toEqual([
      "deploy/n/1/model/model.onnx",
      "deploy/n/1/pipeline.json",
    ]);
  });

  it("says that it was not committed when the branch leads to nothing", async () => {
    const { dir, git } = busyRepository();
    mkdirSync(join(dir, ".git/refs/heads/lookback"));
    writeFileSync(join(dir, ".git/refs/heads/lookback/n"), `${"1".repeat(40)}\n`);
    await expect(commitRelease(release(dir, 1, "one"))).rejects.toMatchObject({
      code: "publish/not-committed",
      message: expect.stringMatching(/^The release was not committed: .*1111.*Nothing was published\.$/),
    });
    expect(git("tag").trim()).toBe("");
  });

  it("never moves a tag that exists, nor the branch with it", async () => {
    const { dir, git } = busyRepository();
    await commitRelease(release(dir, 1, "one"));
    const before = git("for-each-ref");
    await expect(commitRelease(release(dir, 1, "other"))).rejects.toMatchObject({
      code: "publish/tag-exists",
    });
    expect(git("for-each-ref")).toBe(before);
  });

  it("refuses a repository whose objects have SHA-256 names", async () => {
    const dir = mkdtempSync(join(tmpdir(), "lookback-commit-"));
    execFileSync("git", ["init", "-q", "--object-format=sha256", dir]);
    await expect(commitRelease(release(dir, 1, "one"))).rejects.toMatchObject({ code: "publish/sha256" });
  });
});
