/** A class of feature definitions: what it makes and which arguments it takes, positional ones in order. */
export interface Signature {
  readonly makes:
    | "entity"
    | "source"
    | "other-source"
    | "stream"
    | "field"
    | "aggregate"
    | "view"
    | "training-set"
    /** A form that is no longer read. */
    | "old"
    /** What no join rests on. */
    | "apart";
  readonly summary: string;
  readonly parameters: readonly Parameter[];
}

export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  /** Other arguments that may stand in its stead. */
  readonly orElse?: readonly string[];
  /** Why a definition that gives it is not joined: the word would change the result and is not built. */
  readonly refuses?: string;
  /** One sentence, shown beside the completion. */
  readonly doc: string;
  /** What stands in it, for completion. */
  readonly takes:
    | "text"
    | "column"
    | "columns"
    | "entities"
    | "source"
    | "features"
    | "label"
    | "fields"
    | "aggregates"
    | "function"
    | "duration"
    | "type"
    | "upper"
    | "created"
    | "truth"
    | "record"
    | "other";
}

/** Class name → signature, for Feast's classes and Lookback's own. */
export function signatureOf(className: string): Signature | null {
  return signatures.get(className) ?? (apart.has(className) ? outside : null);
}

/** Every class name a definition can start with. */
export function definitionClasses(): readonly string[] {
  return [...signatures.keys()];
}

const described: readonly Parameter[] = [
  optional("description", "text", "Words for people."),
  optional("tags", "record", "Your own labels, text to text."),
  optional("owner", "text", "Who answers for it."),
];

const view: Signature = {
  makes: "view",
  summary: "Features of an entity, read from one source.",
  parameters: [
    required("name", "text", "What references call it: `name:feature`."),
    {
      ...required("source", "source", "Where its rows come from."),
      orElse: ["batch_source", "input", "stream_source"],
    },
    optional("schema", "fields", "The columns that are features."),
    optional("entities", "entities", "What the features are about."),
    optional("ttl", "duration", "How old a value may be; none or zero means any age."),
    optional("online", "truth", "Whether it is served online."),
    optional("offline", "truth", "Whether it is written to the offline store."),
    ...described,
    optional("data_delay", "duration", "A row can be read this long after its time."),
    optional("upper", "upper", "Whether a row readable at the very moment asked about counts."),
    optional("aggregations", "aggregates", "Features over trailing windows."),
    optional(
      "created_time",
      "created",
      "What the source's created time means: bounds (the default) or ties.",
    ),
    ...["sink_source", "batch_engine", "batch_source", "stream_source", "input", "features"].map(other),
    ...["mode", "enable_validation", "org", "version", "enabled", "enable_tiling"].map(other),
    ...["udf", "udf_string", "feature_transformation"].map((name) =>
      refused(
        name,
        "What the view computes in a function is not built yet; the join would take the source's columns as they are.",
      ),
    ),
    ...["batch_schedule", "available_at", "late", "late_policy", "tie_break", "tie_breaker"].map((name) =>
      refused(
        name,
        `${name} is not built yet; the join would pass over it. data_delay says how late a row can be read.`,
      ),
    ),
    refused(
      "tiling_hop_size",
      "Tiled windows are not built yet; the join would take windows that end at the very moment.",
    ),
    refused(
      "timestamp_field",
      "A view's own timestamp_field is not built yet; the join would take the source's.",
    ),
  ],
};

const timestamps: readonly Parameter[] = [
  optional("timestamp_field", "column", "The column that says when each row happened."),
  optional("created_timestamp_column", "column", "The column that says when each row was written."),
  optional("field_mapping", "record", "Column name to feature name."),
];

const tableSource: Signature = {
  makes: "other-source",
  summary: "A table outside this folder.",
  parameters: [
    optional("name", "text", "What it is called."),
    ...timestamps,
    ...["table", "query", "path", "database", "schema", "catalog", "file_format", "table_format"].map(other),
    ...["warehouse", "data_source", "workgroup", "url", "connection_ref", "date_partition_column"].map(other),
    ...described,
  ],
};

const streamSource: Signature = {
  makes: "stream",
  summary: "A stream, with the batch source that holds its history.",
  parameters: [
    required("name", "text", "What it is called."),
    optional("batch_source", "source", "The source that holds its history."),
    ...timestamps,
    ...["kafka_bootstrap_servers", "message_format", "topic", "watermark_delay_threshold"].map(other),
    ...["record_format", "region", "stream_name", "schema"].map(other),
    ...described,
  ],
};

const aggregate: Signature = {
  makes: "aggregate",
  summary: "A feature computed over the last `time_window` before the moment asked about.",
  parameters: [
    required("input_column", "column", "The column it is computed from."),
    required("function", "function", "mean, sum, count, min or max."),
    required("time_window", "duration", "How far back it looks."),
    optional("name", "text", "What the feature is called; by default function, column and seconds."),
  ],
};

const signatures = new Map<string, Signature>([
  [
    "Entity",
    {
      makes: "entity",
      summary: "What features are about.",
      parameters: [
        required("name", "text", "What it is called."),
        optional("join_keys", "columns", "The columns that identify one; by default the name."),
        optional("value_type", "type", "The type of its key."),
        ...["join_key", "labels"].map(other),
        ...described,
      ],
    },
  ],
  [
    "FileSource",
    {
      makes: "source",
      summary: "A Parquet or CSV file whose rows happened at `timestamp_field`.",
      parameters: [
        { ...required("path", "text", "The file, relative to the notebook."), orElse: ["file_url"] },
        optional("name", "text", "What it is called; by default the path."),
        ...timestamps,
        optional("event_timestamp_column", "column", "The older name of timestamp_field."),
        ...["file_format", "s3_endpoint_override", "date_partition_column", "connection_ref", "file_url"].map(
          other,
        ),
        ...["date_means", "timezone"].map((name) =>
          refused(name, `${name} is not built yet; the join would pass over it.`),
        ),
        optional("timestamp_field_type", "text", "The type of the timestamp column."),
        ...described,
      ],
    },
  ],
  ...[
    "BigQuerySource",
    "SnowflakeSource",
    "RedshiftSource",
    "PostgreSQLSource",
    "SparkSource",
    "TrinoSource",
    "AthenaSource",
    "MsSqlServerSource",
  ].map((name): [string, Signature] => [name, tableSource]),
  ...["PushSource", "KafkaSource", "KinesisSource"].map((name): [string, Signature] => [name, streamSource]),
  [
    "Field",
    {
      makes: "field",
      summary: "One feature: a column of the view's source, and its type.",
      parameters: [
        required("name", "column", "The column."),
        required("dtype", "type", "Its type, for example Float64."),
        optional("description", "text", "Words for people."),
        optional("tags", "record", "Your own labels, text to text."),
        ...["vector_index", "vector_length", "vector_search_metric"].map(other),
      ],
    },
  ],
  [
    "Feature",
    {
      makes: "field",
      summary: "Feast's older Field.",
      parameters: [
        required("name", "column", "The column."),
        required("dtype", "type", "Its type, for example ValueType.DOUBLE."),
        ...["labels", "tags", "description"].map(other),
      ],
    },
  ],
  ["FeatureTable", { makes: "old", summary: "A form of Feast before 0.10.", parameters: [] }],
  ["Aggregate", aggregate],
  [
    "Aggregation",
    {
      ...aggregate,
      parameters: [
        required("column", "column", "The column it is computed from."),
        ...aggregate.parameters.slice(1, 3),
        refused(
          "slide_interval",
          "Windows that slide in steps are not built yet; the join would take windows that end at the very moment.",
        ),
        ...aggregate.parameters.slice(3),
      ],
    },
  ],
  ["FeatureView", view],
  ["BatchFeatureView", view],
  ["StreamFeatureView", view],
  [
    "TrainingSet",
    {
      makes: "training-set",
      summary: "One row for each row of the spine, with every feature as it could be known then.",
      parameters: [
        required("name", "text", "What it is called."),
        required("spine", "source", "The source whose rows are the moments of prediction."),
        optional("label", "label", "The column to predict."),
        optional("features", "features", 'References "view:feature".'),
        other("views"),
      ],
    },
  ],
]);

function required(name: string, takes: Parameter["takes"], doc: string): Parameter {
  return { name, required: true, takes, doc };
}

function optional(name: string, takes: Parameter["takes"], doc: string): Parameter {
  return { name, required: false, takes, doc };
}

function other(name: string): Parameter {
  return { name, required: false, takes: "other", doc: "" };
}

function refused(name: string, refuses: string): Parameter {
  return { name, required: false, takes: "other", doc: "", refuses };
}

const outside: Signature = { makes: "apart", summary: "", parameters: [] };

/** Feast's classes that no join rests on. */
const apart: ReadonlySet<string> = new Set(
  "FeatureService FeatureStore RepoConfig Project RequestSource OnDemandFeatureView SavedDataset ParquetFormat AvroFormat JsonFormat ProtoFormat LoggingConfig FileLoggingDestination RegistryConfig Permission".split(
    " ",
  ),
);
