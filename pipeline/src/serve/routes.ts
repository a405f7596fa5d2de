import { Failure } from "@lookback/kernel-bridge/failure.ts";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Metrics, WorkersShown } from "../monitor/metrics.ts";
import { authorizer } from "./access.ts";
import type { AuditLog } from "./audit-log.ts";
import { deploymentStatus } from "./deployment-status.ts";
import type { Deployments } from "./deployments.ts";
import { infer, inferenceMetadata } from "./open-inference.ts";
import { notServing, predict } from "./predict.ts";
import { requestId } from "./request-id.ts";
import type { Status } from "./status.ts";

export interface RoutesWorld {
  readonly deployments: Deployments;
  readonly audit: AuditLog;
  readonly metrics: Metrics;
  readonly token: string;
  readonly instance: string;
  readonly now: () => Date;
  about(): Pick<Status, "url" | "since" | "problems">;
  stop(): void;
}

/** Every route of the server. All but `/healthz` want the bearer token; what fails answers `{ code, message, advice, data }`. */
export function addRoutes(app: FastifyInstance, world: RoutesWorld): void {
  const { deployments, audit, metrics } = world;
  const isAuthorized = authorizer(world.token);
  const status = (): Status => ({
    running: true,
    ...world.about(),
    deployments: deployments.all().map(deploymentStatus),
    unreadable: deployments.unreadable(),
  });

  app.addHook("onRequest", async (request) => {
    if (request.routeOptions.url === "/healthz" || isAuthorized(request.headers.authorization)) return;
    throw new Failure("serve/unauthorized", "The token is missing or wrong. Nothing was done.", {
      advice:
        "Send `Authorization: Bearer TOKEN` with the text of the file `token` in the pipeline's folder.",
    });
  });
  app.setErrorHandler((error, _, reply) => answerFailure(error, reply));
  app.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send(
        shown(
          new Failure("serve/unknown-route", `There is no ${request.method} ${request.url.split("?")[0]}.`),
        ),
      ),
  );

  app.get("/healthz", async () => ({ status: "ok", instance: world.instance }));
  app.get("/v1/status", async () => status());
  app.get("/metrics", async (_, reply) => {
    metrics.workers(workersOf(deployments));
    reply.type(metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  app.post("/v1/predict", async (request) => predict(request.body, world));
  app.post("/v1/deploy", async (request) =>
    deploymentStatus(
      await deployments.deploy(textOf(request.body, "path"), optionalText(request.body, "root")),
    ),
  );
  app.post("/v1/rollback", async (request) =>
    deploymentStatus(await deployments.rollback(textOf(request.body, "name"))),
  );
  app.post("/v1/stop", async (_, reply) => {
    reply.raw.once("finish", () => world.stop());
    return { stopping: true };
  });

  app.get<{ Params: { name: string } }>("/v2/models/:name", async (request) =>
    inferenceMetadata(serving(request.params.name).live),
  );
  app.get<{ Params: { name: string } }>("/v2/models/:name/ready", async (request) => {
    const { name, version } = serving(request.params.name).live.release.plan;
    return { name, version: String(version), ready: true };
  });
  app.post<{ Params: { name: string }; Body: unknown }>("/v2/models/:name/infer", async (request) => {
    const began = performance.now();
    const { live, statistics } = serving(request.params.name);
    const { name, version } = live.release.plan;
    statistics.requests += 1;
    try {
      const id = requestId(world.now().getTime());
      const answer = await infer(live, request.body, id);
      await audit.append({
        kind: "inference",
        requestId: id,
        name,
        version,
        run: live.release.plan.run,
        outputs: answer.outputs,
      });
      const took = performance.now() - began;
      statistics.observe(took);
      metrics.answered(name, version, took / 1000);
      return answer;
    } catch (error) {
      const rejected = error instanceof Failure && error.code === "serve/bad-input";
      if (!rejected) statistics.errors += 1;
      metrics.refused(name, version, rejected ? "rejected" : "failed");
      throw error;
    }
  });

  function serving(name: string) {
    const { saved, slots } = deployments.named(name);
    const { live, reason, statistics } = slots.get(saved.active)!;
    if (live === null) throw notServing(name, saved.active, reason);
    return { live, statistics };
  }
}

/** The processes of every version that is loaded and has some. */
function workersOf(deployments: Deployments): WorkersShown[] {
  return deployments.all().flatMap(({ saved: { name }, slots }) =>
    [...slots.values()].flatMap(({ saved, live }) => {
      const health = live?.model.health() ?? null;
      return health === null ? [] : [{ name, version: saved.version, ...health }];
    }),
  );
}

function optionalText(body: unknown, member: string): string | undefined {
  const given = typeof body === "object" && body !== null && member in body;
  return given ? textOf(body, member) : undefined;
}

function textOf(body: unknown, member: string): string {
  const value =
    typeof body === "object" && body !== null ? (body as Record<string, unknown>)[member] : undefined;
  if (typeof value === "string" && value !== "") return value;
  throw new Failure("serve/bad-input", `\`${member}\` must be a text. Nothing was done.`, {
    data: { input: member },
  });
}

const STATUS: Readonly<Record<string, number>> = {
  "serve/bad-input": 400,
  "serve/unauthorized": 401,
  "serve/outside-workspace": 403,
  "serve/unknown-model": 404,
  "serve/nothing-to-roll-back-to": 409,
  "serve/version-changed": 409,
  "serve/unreadable-version": 409,
  "serve/no-answer": 422,
  "serve/bad-model": 422,
  "serve/smoke-test-failed": 422,
  "serve/no-python": 422,
  "serve/busy": 503,
  "serve/no-worker": 503,
  "serve/worker-ended": 502,
  "serve/timeout": 504,
  "serve/no-active-version": 503,
  "serve/unreadable-deployment": 503,
  "serve/audit-unwritable": 503,
  "serve/state-unwritable": 503,
};

const ADVICE: Readonly<Record<number, string>> = {
  413: "A request may hold 4 MiB.",
  415: "Send `Content-Type: application/json`.",
};

function answerFailure(error: unknown, reply: FastifyReply) {
  if (error instanceof Failure) {
    const code = STATUS[error.code] ?? (/^(plan|release|features)\//.test(error.code) ? 422 : 500);
    if (error.code === "serve/busy") reply.header("retry-after", "1");
    if (code === 401) reply.header("www-authenticate", "Bearer");
    return reply.code(code).send(shown(error));
  }
  const known = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
  const message = error instanceof Error ? error.message : String(error);
  const failure =
    known >= 400 && known < 500
      ? new Failure("serve/bad-request", `${message}. Nothing was done.`.replace("..", "."), {
          advice: ADVICE[known] ?? "",
        })
      : new Failure(
          "serve/bug",
          `Something went wrong inside the pipeline: ${message}. Nothing was answered.`,
        );
  return reply.code(known >= 400 && known < 500 ? known : 500).send(shown(failure));
}

function shown({ code, message, advice, data }: Failure) {
  return { code, message, advice, data };
}
