import type { Availability, ViewJoin, WindowAggregate } from "@lookback/language/join/plan/view-join.ts";

/** One case of the specification's benchmark: a spine, a source, options and what must come out. */
export interface PointInTimeCase {
  readonly name: string;
  /** Times as integers; the same unit throughout. */
  readonly spine: readonly {
    readonly rowId: number;
    readonly time: bigint | null;
    readonly keys: readonly (string | null)[];
  }[];
  readonly source: readonly SourceRow[];
  readonly view: ViewJoin;
  /** Of each spine row: the outputs in the order of `outputs`, as text; null = no value. */
  readonly expected: ReadonlyMap<number, readonly (string | null)[]>;
  readonly outputs: readonly string[];
}

interface SourceRow {
  readonly keys: readonly (string | null)[];
  readonly time: bigint | null;
  readonly created: bigint | null;
  readonly sign: number;
  readonly values: readonly (string | null)[];
}

interface Options {
  readonly kind: "latest" | "window";
  readonly time_type: "timestamp" | "integer";
  readonly keys: readonly (readonly [string, string])[];
  readonly spine_time: string;
  readonly event_time: string;
  readonly created_time: string | null;
  readonly available_at: {
    readonly mode: string;
    readonly schedule_seconds?: number;
    readonly delay_seconds?: number;
  };
  readonly upper: "inclusive" | "exclusive";
  readonly ttl_seconds: number | null;
  readonly features?: readonly string[];
  readonly aggregates?: readonly {
    readonly name: string;
    readonly fn: string;
    readonly input: string;
    readonly window_seconds: number | null;
    readonly tail_hop_seconds: number | null;
  }[];
  readonly sign_column?: string;
}

type Table = readonly Readonly<Record<string, string | null>>[];

/** A case from options and tables of text, where an empty field is null. */
export function caseOf(
  name: string,
  options: Options,
  tables: { readonly spine: Table; readonly source: Table; readonly expected: Table },
): PointInTimeCase {
  const unit = options.time_type === "timestamp" ? 1_000_000 : 1;
  const span = (amount: number) => Math.round(amount * unit);
  const time = (text: string | null | undefined): bigint | null => {
    if (text === null || text === undefined) return null;
    return options.time_type === "integer" ? BigInt(text) : microseconds(text);
  };
  const inputs = options.features ?? [...new Set(options.aggregates?.map(({ input }) => input))];
  const windows = (options.aggregates ?? []).map((aggregate, index): WindowAggregate => {
    const { window_seconds: width, tail_hop_seconds: hop } = aggregate;
    const edge: WindowAggregate["edge"] =
      width === null
        ? { kind: "lifetime" }
        : hop === null
          ? { kind: "continuous", windowUs: span(width) }
          : { kind: "sawtooth", windowUs: span(width), hopUs: span(hop) };
    const column = `x${inputs.indexOf(aggregate.input)}`;
    return { output: `w${index}`, column, number: "integer", function: functionOf(aggregate.fn), edge };
  });
  const outputs = options.features ?? options.aggregates?.map((aggregate) => aggregate.name) ?? [];
  const availability = availabilityOf(options, span);
  return {
    name,
    spine: tables.spine.map((row) => ({
      rowId: Number(row.row_id),
      time: time(row[options.spine_time]),
      keys: options.keys.map(([key]) => row[key] ?? null),
    })),
    source: tables.source.map((row) => ({
      keys: options.keys.map(([, key]) => row[key] ?? null),
      time: time(row[options.event_time]),
      created: options.created_time === null ? null : time(row[options.created_time]),
      sign: options.sign_column === undefined ? 1 : Number(row[options.sign_column]),
      values: inputs.map((input) => row[input] ?? null),
    })),
    view: {
      id: "v",
      spine: "s",
      relation: "f",
      keys: options.keys.map((_, index) => `k${index}`),
      has: {
        created: options.created_time !== null,
        sequence: true,
        sign: options.sign_column !== undefined,
      },
      availability,
      upper: options.upper,
      ttlUs: options.ttl_seconds === null ? null : span(options.ttl_seconds),
      values: options.kind === "latest" ? inputs.map((_, index) => `x${index}`) : [],
      windows,
    },
    expected: new Map(
      tables.expected.map((row) => [Number(row.row_id), outputs.map((output) => row[output] ?? null)]),
    ),
    outputs,
  };
}

function availabilityOf({ available_at }: Options, span: (amount: number) => number): Availability {
  const delayUs = span(available_at.delay_seconds ?? 0);
  switch (available_at.mode) {
    case "event":
      return { mode: "event" };
    case "created":
      return { mode: "created", delayUs };
    case "delay":
      return { mode: "delay", delayUs };
    case "schedule":
      return { mode: "schedule", everyUs: span(available_at.schedule_seconds ?? 0), delayUs };
    default:
      throw new Error(`unknown availability ${available_at.mode}`);
  }
}

function functionOf(name: string): WindowAggregate["function"] {
  if (name === "avg") return "mean";
  if (name === "sum" || name === "count" || name === "min" || name === "max") return name;
  throw new Error(`unknown function ${name}`);
}

function microseconds(text: string): bigint {
  const [, whole, fraction = ""] = /^([^.]*?)(?:\.(\d+))?Z$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`${text} is not an ISO-8601 UTC time`);
  return BigInt(Date.parse(`${whole}Z`)) * 1000n + BigInt(fraction.padEnd(6, "0").slice(0, 6));
}
