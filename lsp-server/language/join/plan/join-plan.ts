/** A compiled point-in-time join for the page: SQL for DuckDB 1.4 (WASM), nothing to resolve at run time. Times are BIGINT microseconds since the epoch, UTC. */
export interface JoinPlan {
  readonly trainingSet: string;
  readonly label: string | null;
  /** Files to load: each becomes the table `alias` holding just `columns`; timestamp columns arrive as BIGINT microseconds. */
  readonly tables: readonly {
    readonly alias: string;
    readonly path: string;
    readonly columns: readonly {
      readonly name: string;
      /** SQL of the column as BIGINT microseconds by the type the loading engine gave it, `""` for any other type; null: it is kept as it is. */
      readonly microseconds: Readonly<Record<string, string>> | null;
    }[];
    /** How `read_csv` reads the file besides its path; null for Parquet. */
    readonly csv: string | null;
    /** A feature view's data, or the labels. */
    readonly role: "spine" | "view";
  }[];
  /** Statements to run in order after loading; the last leaves the table `preview`. */
  readonly statements: readonly string[];
  /** The spine's columns worth showing; `preview` has them as `s0`, `s1`, … besides `row_id` (BIGINT, 0-based spine position), `spine_time` (BIGINT), `leaked` and `skewed`. */
  readonly spineColumns: readonly string[];
  readonly features: readonly JoinFeature[];
  /** One row: rows, leaked, skewed, none, and for feature j `f<j>_leaked`, `f<j>_none`, `f<j>_age`, `f<j>_ties`; see `factsSql` of the compiler. */
  readonly factsSql: string;
  /** The training join itself, as production compiles it. */
  readonly trainingSql: string;
  /** SHA-256 of what the join does: `joinDigest`. */
  readonly digest: string;
}

export interface JoinFeature {
  /** `view:feature`. */
  readonly ref: string;
  readonly view: string;
  readonly name: string;
  readonly kind: "latest" | "window";
  readonly entityKeys: readonly string[];
  readonly delayUs: number;
  /** What the source's created time means, see `ViewDefinition`; null when it has none. */
  readonly createdTime: "bounds" | "ties" | null;
  readonly ttlUs: number | null;
  readonly windowUs: number | null;
  /** Columns of `preview`: the value; event time and availability of the picked row (for a window: newest row in it); why there is none; and whether what a naive join would have used was not yet available. */
  readonly columns: {
    readonly value: string;
    readonly eventTime: string;
    readonly availableAt: string;
    readonly reason: string;
    readonly leaked: string;
  };
  /** SQL over a table `page` of `row_id`s: row_id, and as naive what a naive join would have shown. */
  readonly naiveSql: string;
  /** SQL with one `?` (row_id): candidates around the row's time, newest first: event_time, available_at, value, verdict (`picked`, `older`, `not-arrived`, `future`, `expired`, `in-window`), and naive (boolean: a naive join would use it). */
  readonly whySql: string;
  /** SQL with three `?` (row_id, from, to in microseconds): event_time, available_at, value of the row's entity. */
  readonly historySql: string;
}
