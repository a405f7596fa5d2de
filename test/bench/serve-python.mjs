/**
 * One-row predictions of a model that runs in Python, 16 at a time, through the server with its audit log; beside the same object
 * asked for one row at a time in one process of Python, with nothing around it, in the same run.
 * Budget: with two processes, as many answers as that one has.
 *
 * `LOOKBACK_PYTHON=… node test/bench/serve-python.mjs [requests]`
 */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { joinPython } from "../../kernel-bridge/src/journal/join-python.mjs";
import { bundleCode, root as repository } from "./setup/bundle.mjs";
import { quantile } from "./setup/times.mjs";
import { workspace } from "./setup/workspace.mjs";

const requests = Number(process.argv[2] ?? 4_000);
const concurrency = 16;
const python = process.env.LOOKBACK_PYTHON ?? "python3";

/** 100 trees over 20 columns, as most would have fitted them; and how many rows a second one process answers, one at a time. */
const FIT = `
import json, pickle, sys, time
from importlib import metadata
import numpy as np, pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
random = np.random.default_rng(0)
rows = pd.DataFrame(random.normal(size=(5_000, 20)), columns=[f"c{at}" for at in range(20)])
model = HistGradientBoostingClassifier(max_iter=100, early_stopping=False).fit(rows, rows["c0"] + rows["c1"] ** 2 > 1)
with open(sys.argv[1] + "/model.pkl", "wb") as file:
    pickle.dump({"model": model, "template": rows.iloc[:0]}, file)
sent = [json.dumps({"inputs": rows.iloc[at].to_dict()}) for at in range(200)]
def ask(count):
    began = time.perf_counter()
    for at in range(count):
        inputs = json.loads(sent[at % 200])["inputs"]
        json.dumps(model.predict_proba(pd.DataFrame([list(inputs.values())], columns=list(inputs)))[0].tolist())
    return count / (time.perf_counter() - began)
ask(50)
print(json.dumps({
    "rate": ask(400), "sent": sent, "python": f"{sys.version_info.major}.{sys.version_info.minor}",
    "packages": {name: metadata.version(name) for name in ("scikit-learn", "numpy", "pandas")},
}))
`;

const root = workspace();
const serve = join(repository, "pipeline", "src", "serve");
const children = [];
try {
  const dir = join(root, "deploy", "trees", "1");
  mkdirSync(dir, { recursive: true });
  const threads = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const fitted = execFileSync(python, ["-c", FIT, dir], {
    env: { ...process.env, ...threads },
    maxBuffer: 1 << 26,
  });
  const { rate, sent, ...versions } = JSON.parse(fitted.toString("utf8"));
  const program = joinPython(join(repository, "pipeline", "python", "worker"));
  const bundle = await bundleCode(
    `
        import { createHash } from "node:crypto";
        import { readFileSync, writeFileSync } from "node:fs";
        import { startServer } from ${JSON.stringify(join(serve, "start-server.ts"))};
        import { riskPlan } from ${JSON.stringify(join(serve, "fixture-release.ts"))};
        const [root, dir, versions, first] = process.argv.slice(2);
        const bytes = readFileSync(dir + "/model.pkl");
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        const { inputs } = JSON.parse(first);
        const runtime = { kind: "python", ...JSON.parse(versions), takes: "frame", method: "predict_proba", because: "it is measured" };
        writeFileSync(dir + "/pipeline.json", JSON.stringify({
          ...riskPlan(1), name: "trees", entities: [], sources: [], views: [],
          model: {
            runtime, path: "model.pkl", className: "HistGradientBoostingClassifier",
            inputs: Object.keys(inputs).map((name) => ({ name, type: "double", from: "request" })),
            output: { name: "p", kind: "probability", classes: ["False", "True"], positiveClass: "True", names: null },
          },
          example: { inputs, at: null },
          files: [{ path: "model.pkl", sha256, size: bytes.length }],
        }));
        const server = await startServer({ stateDir: root + "/state", workspaceRoot: root, port: 0 });
        const headers = { authorization: "Bearer " + server.token, "content-type": "application/json" };
        const deployed = await fetch(server.url + "/v1/deploy", { method: "POST", headers, body: JSON.stringify({ path: dir }) });
        if (!deployed.ok) throw new Error(await deployed.text());
        process.send({ url: server.url, token: server.token });`,
    { define: { "import.meta.dirname": JSON.stringify(serve) } },
  );
  mkdirSync(join(bundle, "..", "python"), { recursive: true });
  writeFileSync(join(bundle, "..", "python", "serve_worker.py"), program);
  const child = spawn(process.execPath, [bundle, root, dir, JSON.stringify(versions), sent[0]], {
    env: { ...process.env, LOOKBACK_PYTHON: python },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  children.push(child);
  const { url, token } = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  const target = { url: `${url}/v1/predict`, token };
  await load(target, sent, 400);
  const found = await load(target, sent, requests);
  const ours = requests / found.seconds;
  console.log(`one process, nothing around it  ${Math.round(rate).toLocaleString("en-US")}/s`);
  console.log(
    `predict                         ${Math.round(ours).toLocaleString("en-US")}/s, p50 ${quantile(found.times).toFixed(1)} ms, p99 ${quantile(found.times, 0.99).toFixed(1)} ms, ${found.failed} failed`,
  );
  const kept = ours >= rate && found.failed === 0;
  console.log(`budget >= 1 x one process       ${(ours / rate).toFixed(2)} x, ${kept ? "kept" : "MISSED"}`);
  process.exitCode = kept ? 0 : 1;
} finally {
  for (const child of children) child.kill();
}

/** Sends `count` requests, `concurrency` at a time over as many connections; times in milliseconds. */
async function load(target, bodies, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const times = [];
  let next = 0;
  let failed = 0;
  const began = performance.now();
  const client = async () => {
    while (next < count) {
      const body = bodies[next++ % bodies.length];
      const sentAt = performance.now();
      if ((await post(target, agent, body)) !== 200) failed += 1;
      times.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  agent.destroy();
  return { times, failed, seconds: (performance.now() - began) / 1000 };
}

function post({ url, token }, agent, body) {
  return new Promise((resolve, reject) => {
    const headers = {
      ...{ authorization: `Bearer ${token}`, "content-type": "application/json" },
      "content-length": Buffer.byteLength(body),
    };
    const sent = request(url, { method: "POST", agent, headers });
    sent.once("error", reject);
    sent.once("response", (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode));
    });
    sent.end(body);
  });
}
