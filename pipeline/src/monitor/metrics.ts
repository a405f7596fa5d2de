import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** What Prometheus is told. Every server has a registry of its own. */
export interface Metrics {
  readonly registry: Registry;
  answered(name: string, version: number, seconds: number): void;
  /** `rejected`: the request was at fault; `failed`: we were. */
  refused(name: string, version: number | null, outcome: "rejected" | "failed"): void;
  /** A feature of an answer: its age in seconds at the moment of prediction, or why it had no value. */
  shown(view: string, feature: string, ageSeconds: number | null, reason: string | null): void;
  /** A view's state: rows online and, in seconds since the epoch, its newest event and last materialization. */
  materialized(view: string, rows: number, newestEvent: number | null, at: number): void;
  active(name: string, version: number): void;
  /** Every version that runs in processes of its own; one that is not among them has none any more. */
  workers(shown: readonly WorkersShown[]): void;
}

export interface WorkersShown {
  readonly name: string;
  readonly version: number;
  readonly workers: number;
  readonly ready: number;
  readonly restarts: number;
  readonly waiting: number;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const registry = registers[0]!;
  const requests = new Counter({
    name: "lookback_predictions_total",
    help: "Predictions asked for, by model, version and outcome (answered, rejected, failed).",
    labelNames: ["model", "version", "outcome"],
    registers,
  });
  const latency = new Histogram({
    name: "lookback_prediction_seconds",
    help: "Time from request to answer, features looked up included.",
    labelNames: ["model", "version"],
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
    registers,
  });
  const age = new Histogram({
    name: "lookback_feature_age_seconds",
    help: "Age of the feature row shown to the model: moment of prediction minus event time.",
    labelNames: ["view", "feature"],
    buckets: [60, 600, 3600, 3 * 3600, 6 * 3600, 86_400, 7 * 86_400, 30 * 86_400],
    registers,
  });
  const missing = new Counter({
    name: "lookback_feature_missing_total",
    help: "Features that had no value, by reason.",
    labelNames: ["view", "feature", "reason"],
    registers,
  });
  const rows = gauge("lookback_view_rows", "Rows of a view in the online store.", ["view"]);
  const newest = gauge(
    "lookback_view_newest_event_timestamp_seconds",
    "Event time of the newest row of a view.",
    ["view"],
  );
  const refreshed = gauge(
    "lookback_view_materialized_timestamp_seconds",
    "When a view was last materialized.",
    ["view"],
  );
  const ofWorkers = {
    workers: gauge("lookback_workers", "Python processes that a version shall have.", ["model", "version"]),
    ready: gauge("lookback_workers_ready", "Those of them that can answer.", ["model", "version"]),
    restarts: gauge(
      "lookback_worker_restarts",
      "How often one was started in the place of another, since the version was loaded.",
      ["model", "version"],
    ),
    waiting: gauge("lookback_requests_waiting", "Requests that wait for a Python process.", [
      "model",
      "version",
    ]),
  } as const;
  const active = gauge("lookback_active_version", "The version that answers.", ["model"]);

  function gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers });
  }

  return {
    registry,
    answered(name, version, seconds) {
      requests.inc({ model: name, version: String(version), outcome: "answered" });
      latency.observe({ model: name, version: String(version) }, seconds);
    },
    refused: (name, version, outcome) =>
      requests.inc({ model: name, version: version === null ? "" : String(version), outcome }),
    shown(view, feature, ageSeconds, reason) {
      if (reason !== null) missing.inc({ view, feature, reason });
      if (ageSeconds !== null) age.observe({ view, feature }, ageSeconds);
    },
    materialized(view, count, newestEvent, at) {
      rows.set({ view }, count);
      if (newestEvent !== null) newest.set({ view }, newestEvent);
      refreshed.set({ view }, at);
    },
    workers(shown) {
      for (const [what, told] of Object.entries(ofWorkers)) {
        told.reset();
        for (const each of shown)
          told.set({ model: each.name, version: String(each.version) }, each[what as keyof typeof ofWorkers]);
      }
    },
    active: (name, version) => active.set({ model: name }, version),
  };
}
