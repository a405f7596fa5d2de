/** What a format says besides what all say. */
export interface OfFormat {
  readonly ofPlan: Readonly<Record<string, Schema>>;
  readonly ofView: Readonly<Record<string, Schema>>;
  readonly ofModel: Readonly<Record<string, Schema>>;
  readonly ofOutput: Readonly<Record<string, Schema>>;
}

/** JSON Schema (draft 7) of `pipeline.json` in a format. Unknown members are refused, so that a misspelled one cannot be ignored. */
export function planSchema(format: string, { ofPlan, ofView, ofModel, ofOutput }: OfFormat) {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Lookback pipeline plan",
    ...closed({
      format: { const: format },
      name: { type: "string", pattern: "^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$" },
      version: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
      run: text(),
      createdAt: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$" },
      ...ofPlan,
      entities: list(closed({ name: text(), joinKeys: list(text()) })),
      sources: list(closed({ name: text(), path: text(), sha256: orNull(sha256()) })),
      views: list(
        withOptional(
          { csv: text() },
          {
            name: text(),
            entity: { type: "string" },
            joinKeys: list(text()),
            source: text(),
            timestampField: text(),
            ...ofView,
            delayUs: micros(0),
            ttlUs: orNull(micros(1)),
            upper: { enum: ["inclusive", "exclusive"] },
            features: list({
              oneOf: [
                closed({ kind: { const: "latest" }, name: text(), column: text(), type: { type: "string" } }),
                closed({
                  kind: { const: "window" },
                  name: text(),
                  column: text(),
                  function: { enum: ["mean", "sum", "count", "min", "max"] },
                  windowUs: micros(1),
                  type: { type: "string" },
                }),
              ],
            }),
            materializeSql: text(),
          },
        ),
      ),
      model: closed({
        ...ofModel,
        path: text(),
        className: text(),
        inputs: {
          ...list({
            oneOf: [
              closed({ name: text(), type: inputType(), from: { const: "request" } }),
              closed({
                name: text(),
                type: inputType(),
                from: { const: "view" },
                view: text(),
                feature: text(),
              }),
            ],
          }),
          minItems: 1,
        },
        output: closed({
          name: text(),
          kind: { enum: ["probability", "value", "label"] },
          ...ofOutput,
          classes: orNull(list({ type: "string" })),
          positiveClass: orNull({ type: "string" }),
        }),
      }),
      example: closed({
        inputs: { type: "object", additionalProperties: { type: ["string", "number", "boolean", "null"] } },
        at: orNull({ type: "string" }),
      }),
      files: list(closed({ path: text(), sha256: sha256(), size: { type: "integer", minimum: 0 } })),
    }),
  };
}

/** What the format of today says of the data, of a view's availability, of the runtime and of several answers. */
export const today: OfFormat = {
  ofPlan: { data: list(closed({ path: text(), sha256: orNull(sha256()) })) },
  ofView: { availability: { enum: ["delay", "created"] } },
  ofModel: {
    runtime: {
      oneOf: [
        closed({ kind: { const: "onnx" }, tensor: text() }),
        closed({
          kind: { const: "python" },
          python: { type: "string", pattern: "^3\\.\\d+$" },
          packages: { type: "object", additionalProperties: text() },
          takes: { enum: ["frame", "array", "texts"] },
          method: { enum: ["predict", "predict_proba"] },
          because: text(),
        }),
      ],
    },
  },
  ofOutput: { names: orNull({ ...list(text()), minItems: 2 }) },
};

/** What those before said of the model's output, which was always a graph's. */
export const ofGraph: Pick<OfFormat, "ofPlan" | "ofModel" | "ofOutput"> = {
  ofPlan: {},
  ofModel: {},
  ofOutput: { tensor: text() },
};

export type Schema = Record<string, unknown>;

function closed(properties: Record<string, Schema>): Schema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function withOptional(optional: Record<string, Schema>, properties: Record<string, Schema>): Schema {
  return { ...closed(properties), properties: { ...properties, ...optional } };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: "null" }] };
}

function text(): Schema {
  return { type: "string", minLength: 1 };
}

function sha256(): Schema {
  return { type: "string", pattern: "^[0-9a-f]{64}$" };
}

function micros(minimum: number): Schema {
  return { type: "integer", minimum, maximum: Number.MAX_SAFE_INTEGER };
}

function inputType(): Schema {
  return { enum: ["double", "int64", "string", "bool"] };
}
