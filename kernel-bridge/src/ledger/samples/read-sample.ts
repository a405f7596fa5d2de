import { Failure } from "../../failure.ts";

/** Some rows of what a model was asked and what it answered, as a run keeps them. */
export interface Sample {
  /** What it was asked: blocks of columns, in order; the parts of a sparse matrix; or a digest alone. */
  readonly asked: readonly SampleArray[];
  /** Names of the columns, all blocks together; null where they have none. */
  readonly columns: readonly string[] | null;
  /** What it answered, by the method that was asked: `predict`, `predict_proba`. */
  readonly answers: ReadonlyMap<string, SampleArray>;
}

/** An array in the order of its rows. Dates are their counts since the epoch, in their unit. */
export interface SampleArray {
  readonly shape: readonly number[];
  /** The relative size of a number's last digit; null of what is exact: whole numbers, truths, texts, dates. */
  readonly epsilon: number | null;
  /** Whole numbers that no number holds are bigints. */
  readonly values: readonly (number | bigint | string | boolean)[];
}

/** Reads a sample's archive: a `.npz` whose members are stored as they are, as the observer writes it. Fails with `samples/not-readable`. */
export function readSample(bytes: Uint8Array): Sample {
  const members = new Map(
    [...membersOf(bytes)].map(([name, data]) => [name.replace(/\.npy$/, ""), arrayOf(data)]),
  );
  const asked = [...members].filter(([name]) => isAsked.test(name)).map(([, array]) => array);
  const columns = members.get("columns")?.values.map(String) ?? null;
  const answers = new Map(
    [...members].filter(([name]) => !isAsked.test(name) && name !== "rows" && name !== "columns"),
  );
  return { asked, columns, answers };
}

const isAsked = /^x(\d+(_\w+)?|_sha256)$/;

function* membersOf(bytes: Uint8Array): Generator<readonly [name: string, data: DataView]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) throw notReadable("it is no archive");
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw notReadable("it is cut off");
    const [size, name, extra, comment] = [
      view.getUint32(at + 20, true),
      ...[28, 30, 32].map((place) => view.getUint16(at + place, true)),
    ] as [number, number, number, number];
    if (view.getUint16(at + 10, true) !== 0) throw notReadable("it is compressed");
    const header = view.getUint32(at + 42, true);
    if (header + 30 > bytes.length) throw notReadable("it is cut off");
    const data = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
    if (data + size > bytes.length) throw notReadable("it is cut off");
    yield [
      text(bytes.subarray(at + 46, at + 46 + name)),
      new DataView(view.buffer, view.byteOffset + data, size),
    ];
    at += 46 + name + extra + comment;
  }
}

/** An array in NumPy's format 1.0 to 3.0, in C order. */
function arrayOf(view: DataView): SampleArray {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (bytes.length < 12 || text(bytes.subarray(1, 6)) !== "NUMPY") throw notReadable("it holds no array");
  const isShort = bytes[6] === 1;
  const begin = isShort ? 10 : 12;
  const data = begin + (isShort ? view.getUint16(8, true) : view.getUint32(8, true));
  const header = text(bytes.subarray(begin, data));
  const [, type] = /'descr': '([^']+)'/.exec(header) ?? [];
  const [, dims] = /'shape': \(([^)]*)\)/.exec(header) ?? [];
  if (type === undefined || dims === undefined || /'fortran_order': True/.test(header))
    throw notReadable(`an array has the form ${header.trim()}`);
  const shape = dims
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(Number);
  const read = readerOf(type, new DataView(view.buffer, view.byteOffset + data, view.byteLength - data));
  const [letters = ""] = /[a-z]\d+/.exec(type) ?? [];
  if (letters.startsWith("c")) shape.push(2);
  const count = shape.reduce((product, size) => product * size, 1);
  return {
    shape,
    epsilon: epsilons[letters] ?? null,
    values: Array.from({ length: count }, (_, at) => read(at)),
  };
}

const epsilons: Readonly<Record<string, number>> = {
  f2: 2 ** -10,
  f4: 2 ** -23,
  c8: 2 ** -23,
  f8: 2 ** -52,
  c16: 2 ** -52,
};

function readerOf(type: string, view: DataView): (at: number) => SampleArray["values"][number] {
  const isLittle = !type.startsWith(">");
  const [, kind, digits = "1"] = /^[<>|=]?([a-zA-Z])(\d*)/.exec(type) ?? [];
  const size = Number(digits);
  switch (`${kind}${size}`) {
    case "f8":
    case "c16":
      return (at) => view.getFloat64(at * 8, isLittle);
    case "f4":
    case "c8":
      return (at) => view.getFloat32(at * 4, isLittle);
    case "f2":
      return (at) => half(view.getUint16(at * 2, isLittle));
    case "i8":
    case "M8":
    case "m8":
      return (at) => small(view.getBigInt64(at * 8, isLittle));
    case "u8":
      return (at) => small(view.getBigUint64(at * 8, isLittle));
    case "i4":
      return (at) => view.getInt32(at * 4, isLittle);
    case "u4":
      return (at) => view.getUint32(at * 4, isLittle);
    case "i2":
      return (at) => view.getInt16(at * 2, isLittle);
    case "u2":
      return (at) => view.getUint16(at * 2, isLittle);
    case "i1":
      return (at) => view.getInt8(at);
    case "u1":
      return (at) => view.getUint8(at);
    case "b1":
      return (at) => view.getUint8(at) !== 0;
  }
  if (kind === "U")
    return (at) => {
      const points = Array.from({ length: size }, (_, each) =>
        view.getUint32((at * size + each) * 4, isLittle),
      );
      return points.slice(0, points.findLastIndex((each) => each !== 0) + 1).reduce(lengthened, "");
    };
  throw notReadable(`an array holds ${type}`);
}

/** Letter by letter: as arguments of one call they may be too many. */
function lengthened(before: string, point: number): string {
  return before + String.fromCodePoint(point);
}

function small(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function half(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

function text(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

function notReadable(why: string): Failure {
  return new Failure("samples/not-readable", `A sample of a model's answers cannot be read: ${why}.`, {
    advice: "Run the notebook again: a new run keeps a new one.",
  });
}
