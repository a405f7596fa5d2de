/** Answers a whole number from 0 up to and without its argument; the same ones for the same seed. */
export type Random = (below: number) => number;

/** Chance that can be repeated (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, below);
  };
}

/** A cell as somebody may leave it: half deleted, pasted over, with names that mean something else, or no Python at all. */
export function mutated(source: string, other: string, random: Random): string {
  let text = source;
  for (let change = 0; change <= random(3); change++) {
    const kind = kinds[random(kinds.length)];
    if (kind) text = kind(text, other, random);
  }
  return text.slice(0, 200_000);
}

type Mutation = (text: string, other: string, random: Random) => string;

const kinds: readonly Mutation[] = [
  (text, _, random) => text.slice(0, random(text.length)),
  (text, _, random) => {
    const from = random(text.length);
    return text.slice(0, from) + text.slice(from + random(40));
  },
  (text, _, random) => put(text, pick(pieces, random), random),
  (text, other, random) => put(text, `\n${pick(other.split("\n"), random)}\n`, random),
  (text, _, random) => onLines(text, (lines) => lines.splice(random(lines.length), 1)),
  (text, _, random) =>
    onLines(text, (lines) => lines.splice(random(lines.length), 0, pick([...lines], random))),
  (text, _, random) =>
    onLines(text, (lines) => {
      const [a, b] = [random(lines.length), random(lines.length)];
      [lines[a], lines[b]] = [lines[b] ?? "", lines[a] ?? ""];
    }),
  (text, _, random) =>
    onLines(text, (lines) => {
      const at = random(lines.length);
      lines[at] = pick(["    ", "\t", " "], random) + (lines[at] ?? "");
    }),
  // One name for another, everywhere: a frame is a model, a function is a list.
  (text, other, random) => {
    const names = [...new Set(`${text}\n${other}`.match(/[A-Za-z_]\w*/g) ?? ["x"])];
    const [from, to] = [pick(names, random), pick(names, random)];
    return text.replace(new RegExp(`\\b${from}\\b`, "g"), to);
  },
  (text, _, random) => text.replace(/\d+/g, (digits) => (random(2) === 0 ? digits : `-${random(1e9)}`)),
  (text, _, random) => {
    const call = /[A-Za-z_][\w.]*\(/.exec(text)?.[0] ?? "f(";
    const times = 1 + random(60);
    return `${text}\nz = ${call.repeat(times)}x${")".repeat(times)}`;
  },
  (text, _, random) => {
    const depth = 1 + random(40);
    const opened = Array.from({ length: depth }, (_, at) => `${" ".repeat(at)}for i${at} in range(9):`);
    return `${opened.join("\n")}\n${text.replace(/^/gm, " ".repeat(depth))}`;
  },
  (text) => `${text}\n${text}`,
  (text) => `def again(a, *b, c=1, **d):\n${text.replace(/^/gm, "    ")}\n    return again(a)\nagain(1)`,
];

const pieces = [
  ..."()[]{}:,.=*@\\'\"#%!?~|&",
  '"""',
  "f'{",
  " lambda x: ",
  " for x in y ",
  " if ",
  " else ",
  " await ",
  " yield ",
  "\nclass A(B):\n",
  "\nglobal df\n",
  "\ndel df\n",
  "\n%%sql\n",
  "\n!ls\n",
  "[::-1]",
  "[-1:, None]",
  ".T",
  ".fit(X, y)",
  ".iloc[",
  "**kwargs",
  "\u0000",
  "é",
  "𝕏",
  "\r\n",
  "\u2028",
];

function put(text: string, piece: string, random: Random): string {
  const at = random(text.length + 1);
  return text.slice(0, at) + piece + text.slice(at);
}

function onLines(text: string, change: (lines: string[]) => void): string {
  const lines = text.split("\n");
  change(lines);
  return lines.join("\n");
}

function pick(from: readonly string[], random: Random): string {
  return from[random(from.length)] ?? "";
}
