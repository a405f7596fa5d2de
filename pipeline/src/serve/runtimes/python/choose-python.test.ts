import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonPlaces } from "@lookback/kernel-bridge/processes/python-places.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Release } from "../../../plan/read-release.ts";
import { riskPlan } from "../../fixture-release.ts";
import { loadModel } from "../load-model.ts";
import { briefly, type RuntimeWorld } from "../runtime-world.ts";

const folder = mkdtempSync(join(tmpdir(), "lookback-environment-"));
const python = process.env.LOOKBACK_PYTHON ?? pythonPlaces(process.cwd(), process.env)[0]!;
const stateDir = join(folder, "state");
let minor = "";
let model: Buffer;
const logged: string[] = [];

/** A package of one module as a file that pip installs, and an object of its class. */
const MAKE = `
import pickle, sys, zipfile
from pathlib import Path
folder = Path(sys.argv[1])
module = "class Shout:\\n    def predict(self, texts):\\n        return [text.upper() for text in texts]\\n"
(folder / "tiny.py").write_text(module)
metadata = "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n"
wheel = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
files = {"tiny.py": module, "tiny-1.0.dist-info/METADATA": metadata, "tiny-1.0.dist-info/WHEEL": wheel}
with zipfile.ZipFile(folder / "tiny-1.0-py3-none-any.whl", "w") as archive:
    for name, text in files.items():
        archive.writestr(name, text)
    archive.writestr("tiny-1.0.dist-info/RECORD", "".join(f"{name},,\\n" for name in files))
sys.path.insert(0, str(folder))
import tiny
(folder / "shout.pkl").write_bytes(pickle.dumps({"model": tiny.Shout(), "template": None}))
print(f"{sys.version_info.major}.{sys.version_info.minor}")
`;

beforeAll(() => {
  minor = execFileSync(python, ["-c", MAKE, folder], { encoding: "utf8" }).trim();
  model = readFileSync(join(folder, "shout.pkl"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A release whose model needs the package, with a lock that names a version of it. */
function release(locked: string | null, wanted = "1.0"): Release {
  const plan = riskPlan(1);
  const dir = mkdtempSync(join(folder, "release-"));
  const lock = locked === null ? null : `tiny==${locked}\n`;
  if (lock !== null) writeFileSync(join(dir, "requirements.lock"), lock);
  const files = lock === null ? [] : [{ path: "requirements.lock", sha256: sha256(lock), size: lock.length }];
  return {
    ...{ dir, digest: "", model, modelSha256: sha256(model) },
    plan: {
      ...{ ...plan, views: [], sources: [], files },
      model: {
        ...plan.model,
        runtime: {
          ...{ kind: "python", python: minor, packages: { tiny: wanted } },
          ...{ takes: "texts", method: "predict", because: "it shouts" },
        },
        inputs: [{ name: "text", type: "string", from: "request" }],
        output: { name: "loud", kind: "label", classes: null, positiveClass: null, names: null },
      },
    },
  };
}

function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Packages come from the folder alone. */
function world(change: Partial<RuntimeWorld> = {}): RuntimeWorld {
  const env = { ...process.env, LOOKBACK_PYTHON: python, PIP_NO_INDEX: "1", PIP_FIND_LINKS: folder };
  return {
    ...briefly({ stateDir, workspaceRoot: folder, env }),
    log: (event) => logged.push(event),
    ...{ mayInstall: true, ...change },
  };
}

async function shouted(asked: Release, where: RuntimeWorld): Promise<unknown> {
  const loaded = await loadModel(asked, where);
  try {
    return await loaded.answer([["hello"], ["é"]]);
  } finally {
    await loaded.close();
  }
}

describe("where no Python has what the model was fitted with", () => {
  it("says what differs, why no environment was made, and what to do", async () => {
    const refused = await loadModel(release("1.0"), world({ mayInstall: false })).catch((error) => error);
    expect(refused).toMatchObject({
      code: "serve/no-python",
      message: `risk version 1 needs Python ${minor} with tiny==1.0, and no Python here has them. ${python}: tiny is not installed, the model was fitted with 1.0. An environment of its own could not be used: there is none yet, and deploying makes it. It was not deployed.`,
      advice: `Install what it needs (${python} -m pip install tiny==1.0), or name a Python that has it with LOOKBACK_PYTHON.`,
    });
  });

  it.each([
    ["the release has no lock", () => release(null), "the release has no requirements.lock"],
    ["its lock is another now", changed, "requirements.lock is not the one that was published"],
    ["what it names is nowhere", () => release("2.0"), "No matching distribution found for tiny==2.0"],
  ])("says so when %s", async (_, asked, why) => {
    await expect(loadModel(asked(), world())).rejects.toMatchObject({
      code: "serve/no-python",
      message: expect.stringContaining(why),
    });
  });

  function changed(): Release {
    const found = release("1.0");
    writeFileSync(join(found.dir, "requirements.lock"), "tiny==1.1\n");
    return found;
  }

  it("makes one of the release's lock, once, and uses no other", async () => {
    logged.length = 0;
    const loud = [{ loud: "HELLO" }, { loud: "É" }];
    expect(await shouted(release("1.0"), world())).toEqual(loud);
    expect(logged).toContain("making an environment");
    logged.length = 0;
    expect(await shouted(release("1.0"), world({ mayInstall: false }))).toEqual(loud);
    expect(logged).not.toContain("making an environment");
    await expect(loadModel(release("1.0", "1.1"), world())).rejects.toMatchObject({
      message: expect.stringContaining("tiny is 1.0, the model was fitted with 1.1"),
    });
  });

  it("makes anew what was not made to its end", async () => {
    const [made] = environments().filter((path) => existsSync(join(path, "complete")));
    rmSync(join(made!, "complete"));
    rmSync(join(made!, "environment"), { recursive: true });
    mkdirSync(join(made!, "environment"));
    expect(await shouted(release("1.0"), world())).toHaveLength(2);
    expect(existsSync(join(made!, "complete"))).toBe(true);
  });

  function environments(): string[] {
    const all = join(stateDir, "environments");
    return readdirSync(all).map((name) => join(all, name));
  }
});

it("takes the first Python of the workspace that fits, where none is named", async () => {
  const own = join(folder, "workspace");
  mkdirSync(own);
  execFileSync(python, ["-m", "venv", "--without-pip", join(own, ".venv")]);
  const site = execFileSync(
    join(own, ".venv", "bin", "python"),
    ["-c", "import site; print(site.getsitepackages()[0])"],
    {
      encoding: "utf8",
    },
  ).trim();
  mkdirSync(join(site, "tiny-1.0.dist-info"), { recursive: true });
  writeFileSync(join(site, "tiny.py"), readFileSync(join(folder, "tiny.py")));
  writeFileSync(
    join(site, "tiny-1.0.dist-info", "METADATA"),
    "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
  );
  const place = join(own, "deep", "er");
  const started: unknown[] = [];
  const log = (event: string, data: Readonly<Record<string, unknown>>) =>
    event === "a worker started" && started.push(data.python);
  const env = { PATH: process.env.PATH };
  await shouted(release(null), world({ env, workspaceRoot: place, mayInstall: false, log }));
  expect(started).toEqual([join(own, ".venv", "bin", "python")]);
});
