import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { counted } from "@lookback/kernel-bridge/counted.ts";
import { Failure } from "@lookback/kernel-bridge/failure.ts";
import { findStore } from "@lookback/kernel-bridge/ledger/store/find-store.ts";
import { tokenPath } from "@lookback/pipeline/serve/access.ts";
import { pipelineClient } from "@lookback/pipeline/serve/client.ts";
import { type PipelineServer, startServer } from "@lookback/pipeline/serve/start-server.ts";
import type {
  DeploymentStatus,
  RuntimeStatus,
  Status,
  UnreadableDeployment,
} from "@lookback/pipeline/serve/status.ts";
import { type Verification, verifyPipeline } from "@lookback/pipeline/serve/verify-pipeline.ts";
import type { Command, Io } from "../command.ts";

const help = `lookback pipeline serve [--port N] [--host H] [--workers N] [--answer-timeout SECONDS]
lookback pipeline deploy FOLDER
lookback pipeline status [--json]
lookback pipeline rollback NAME
lookback pipeline verify
lookback pipeline stop

Serves what was published from the current folder.

  serve      runs in the foreground until Ctrl-C; port 8088, or a free one when that is taken
             --host H listens elsewhere than on loopback: everyone who reaches it and has the token may ask
             --workers N has a model that runs in Python in so many processes, each with its own copy; 2 unless told
             --answer-timeout SECONDS ends one that answers a request for longer; 30 unless told
  deploy     makes the release in FOLDER the active version; the version before stays loaded
  status     where it runs, its versions, what they answered, and how to ask them for a prediction
  rollback   returns NAME to the version before
  verify     proves that no record of the audit log was changed, put in or taken out (but for the last ones), that every
             record of a deployment can be read, and that every version is what was deployed
  stop       ends it

Exit codes: 0 done, 1 verify found something changed, torn or unreadable, 2 usage or failure.
Every route but /healthz wants the token in the file \`token\` of the pipeline's folder, which \`serve\` names.
`;

/** `lookback pipeline`: the embedded pipeline of the current folder's workspace. */
export const pipeline: Command = {
  stop: "heeds",
  help,
  async run(argv, io) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: {
        port: { type: "string" },
        host: { type: "string" },
        workers: { type: "string" },
        "answer-timeout": { type: "string" },
        json: { type: "boolean", default: false },
      },
      allowPositionals: true,
    });
    const [verb, argument, ...extra] = positionals;
    const spare = verb === "deploy" || verb === "rollback" ? extra : positionals.slice(1);
    if (spare.length > 0) throw usage(`there is no place for ${spare.join(" ")}`);
    const { dir, root } = await findStore(io.cwd);
    const stateDir = join(dir, "pipeline");
    const client = pipelineClient(stateDir);
    switch (verb) {
      case "serve":
        await serve(stateDir, root, values, io);
        return 0;
      case "deploy": {
        const deployed = await client.deploy(resolve(io.cwd, needed(argument, "FOLDER")), root);
        io.out(`${deployed.name} version ${deployed.active} serves.\n`);
        return 0;
      }
      case "status": {
        const status = await client.status();
        io.out(
          values.json
            ? `${JSON.stringify(status, null, 2)}\n`
            : statusText(status, authorization(stateDir, io.cwd)),
        );
        return 0;
      }
      case "rollback": {
        const rolled = await client.rollback(needed(argument, "NAME"));
        const left = rolled.versions.find((each) => each.version === rolled.previous);
        const stays = left?.state === "warm" ? "stays loaded" : "is not loaded";
        io.out(`${rolled.name} is back at version ${rolled.active}; version ${rolled.previous} ${stays}.\n`);
        return 0;
      }
      case "verify": {
        const found = await verifyPipeline(stateDir);
        io.out(verificationText(found));
        return found.broken === null &&
          found.tornBytes === 0 &&
          found.versions.every((each) => each.fault === null)
          ? 0
          : 1;
      }
      case "stop":
        io.out((await client.stop()) ? "The pipeline has stopped.\n" : "The pipeline was not running.\n");
        return 0;
      default:
        throw usage(verb === undefined ? "no verb was given" : `there is no verb ${verb}`);
    }
  },
};

async function serve(
  stateDir: string,
  workspaceRoot: string,
  values: { port?: string; host?: string; workers?: string; "answer-timeout"?: string },
  io: Io,
): Promise<void> {
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65_536)) {
    throw usage(`${values.port} is not a port`);
  }
  const workers = countOf("workers", values.workers, 64);
  const timeout = countOf("answer-timeout", values["answer-timeout"], 86_400);
  const server = await startServer({
    stateDir,
    workspaceRoot,
    ...(port === undefined ? {} : { port }),
    ...(values.host === undefined ? {} : { host: values.host }),
    env: io.env,
    limits: {
      ...(workers === undefined ? {} : { workers }),
      ...(timeout === undefined ? {} : { answerMs: timeout * 1_000 }),
    },
    log: (event, data) => io.err(`${event} ${JSON.stringify(data)}\n`),
  });
  const stop = () => void server.close();
  io.signal.addEventListener("abort", stop, { once: true });
  if (io.signal.aborted) stop();
  io.out(await greeting(server, stateDir, io.cwd));
  await server.stopped;
}

function countOf(option: string, given: string | undefined, most: number): number | undefined {
  if (given === undefined) return undefined;
  const count = Number(given);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw usage(`--${option} is a whole number between 1 and ${most}, not ${given}`);
}

async function greeting(server: PipelineServer, stateDir: string, cwd: string): Promise<string> {
  const { deployments, unreadable, problems } = await pipelineClient(stateDir).status();
  const first = deployments.find(isAnswering);
  const retired = deployments.flatMap(({ name, active, versions }) =>
    versions
      .filter((each) => each.version === active && each.state === "retired")
      .map(({ version, reason }) => `${name} version ${version} does not answer: ${reason}\n`),
  );
  const count = deployments.length - retired.length;
  const silent = [...retired, ...unreadable.map(unreadableText), ...problems.map((each) => `${each}\n`)];
  const where = `The pipeline serves ${counted(count, "model")} on ${server.url}\n${silent.join("")}`;
  if (!first && deployments.length + unreadable.length > 0) return where;
  if (!first) return `${where}\nNothing is deployed yet: \`lookback publish NOTEBOOK\`.\n`;
  const token = authorization(stateDir, cwd);
  return `${where}
${predictCall(first, server.url, token)}
curl ${server.url}/metrics ${token}
`;
}

/** An active version that is retired answers nothing, and has no example. */
function isAnswering({ versions }: DeploymentStatus): boolean {
  return versions.some((each) => each.state === "active");
}

/** The command with which a shell asks a deployment for its example. */
function predictCall({ name, example, exampleAt }: DeploymentStatus, url: string, token: string): string {
  const at = exampleAt === null ? {} : { at: exampleAt };
  const body = JSON.stringify({ name, inputs: example, ...at });
  return `curl ${url}/v1/predict ${token} -H 'Content-Type: application/json' -d ${quoted(body)}`;
}

/** The token is read when the command runs: it is never printed. */
function authorization(stateDir: string, cwd: string): string {
  return `-H "Authorization: Bearer $(cat ${quoted(relative(cwd, tokenPath(stateDir)))})"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function unreadableText({ name, reason }: UnreadableDeployment): string {
  return `The record of ${name ?? "a deployment"} cannot be read, so it does not answer: ${reason}\n`;
}

function verificationText({ records, broken, tornBytes, versions }: Verification): string {
  const chain =
    broken === null
      ? `${records} records in the audit log, each following from the one before.\n`
      : `The audit log is broken at record ${broken}: it was changed, removed or inserted. The ${records} records before it are whole.\n`;
  const torn =
    tornBytes === 0
      ? ""
      : `It ends in ${counted(tornBytes, "byte")} of a record without an end: being written, or torn by a crash.\n`;
  const lines = versions.map(({ name, version, fault }) => {
    const which = version === null ? "" : ` version ${version}`;
    return `${name ?? "A deployment"}${which}: ${fault ?? "as it was deployed."}\n`;
  });
  return chain + torn + lines.join("");
}

function statusText(status: Status, token: string): string {
  const where = status.running
    ? `The pipeline runs on ${status.url} since ${status.since}.\n`
    : "The pipeline is not running. `lookback pipeline serve` starts it.\n";
  const problems = status.problems.map((each) => `${each}\n`).join("");
  const what = [
    ...status.deployments.map((each) => deploymentText(each, status.running ? status.url : null, token)),
    ...status.unreadable.map((each) => `\n${unreadableText(each)}`),
  ].join("");
  return where + problems + (what || "Nothing is deployed: `lookback publish NOTEBOOK`.\n");
}

/** `url` is null while nothing answers. */
function deploymentText(deployment: DeploymentStatus, url: string | null, token: string): string {
  const versions = deployment.versions.map((each) => {
    if (url === null)
      return `  version ${each.version}${each.version === deployment.active ? "  active when it runs" : ""}  run ${each.run}\n`;
    const p99 = each.p99Ms === null ? "" : `, p99 ${each.p99Ms.toFixed(1)} ms`;
    const reason = each.reason === null ? "" : ` (${each.reason})`;
    return `  version ${each.version}  ${each.state}${reason}  ${counted(each.requests, "request")}, ${counted(each.errors, "error")}${p99}  run ${each.run}\n${runtimeText(each.runtime)}`;
  });
  const unreadable = deployment.unreadable.map(
    ({ version, reason }) =>
      `  ${version === null ? "a version" : `version ${version}`} whose record cannot be read (${reason})\n`,
  );
  const views = deployment.views.map(
    (view) => `  view ${view.name}  ${counted(view.rows, "row")}, newest ${view.newestEventTime ?? "none"}\n`,
  );
  const call = url === null || !isAnswering(deployment) ? "" : `  ${predictCall(deployment, url, token)}\n`;
  return `\n${deployment.name}\n${versions.join("")}${unreadable.join("")}${views.join("")}${call}`;
}

/** What runs a version in Python, and why; nothing of what runs in the server itself. */
function runtimeText(runtime: RuntimeStatus | null): string {
  if (runtime?.kind !== "python") return "";
  const { because, ready, workers, restarts, waiting, reason } = runtime;
  const restarted = restarts === 0 ? "" : `, ${counted(restarts, "restart")}`;
  const queue = waiting === 0 ? "" : `, ${counted(waiting, "request")} waiting`;
  const why = reason === null ? "" : ` (${reason})`;
  return `    in Python, which is slower than ONNX, because ${because}: ${ready} of ${counted(workers, "process", "processes")} ready${why}${restarted}${queue}\n`;
}

function needed(argument: string | undefined, name: string): string {
  if (argument === undefined) throw usage(`${name} is missing`);
  return argument;
}

function usage(what: string): Failure {
  return new Failure("pipeline/usage", `Nothing was done: ${what}.`, {
    advice: "Run `lookback pipeline --help` for the usage.",
  });
}
