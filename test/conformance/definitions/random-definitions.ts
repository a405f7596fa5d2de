/** A random program that defines a training set "rows", and a module "conf" that it may import. It never names the same thing with two types. */
export interface RandomDefinitions {
  readonly program: string;
  readonly conf: string;
}

/**
 * A program of the kinds of statements that people write definitions with, and of the tricks that change them behind the
 * text: branches, loops, functions, closures, aliases, classes, `unread`, a module that only Python can see.
 */
export function randomDefinitions(seed: number): RandomDefinitions {
  const { pick, chance, whole } = randomOf(seed);
  let fresh = 0;

  const name = () => pick(["A", "B", "C"]);
  const expression = (depth = 2): string => {
    if (depth <= 0) return pick([name, () => `timedelta(days=${whole(9) + 1})`])();
    const inner = () => expression(depth - 1);
    return pick<() => string>([
      name,
      name,
      () => `timedelta(days=${whole(9) + 1})`,
      () => `timedelta(days=${number(depth - 1)})`,
      () => `L[${pick([0, -1, 1])}]`,
      () => `M[0]`,
      () => `D["a"]`,
      () => `D.get("${pick(["a", "b"])}", ${inner()})`,
      () => `D.setdefault("${pick(["a", "c"])}", ${inner()})`,
      () => `D.pop("${pick(["b", "c"])}", ${inner()})`,
      () => "K.T",
      () => "k.T",
      () => "k.get()",
      () => "conf.T",
      () => `f(${inner()})`,
      () => `g(${inner()})`,
      () => "h()",
      () => `(${name()} := ${inner()})`,
      () => `(${inner()} if ${condition(depth - 1)} else ${inner()})`,
      () => `(lambda t=${inner()}: t)()`,
      () => `(lambda t: t + ${inner()})(${inner()})`,
      () => `[q for q in L][-1]`,
      () => `[(${name()} := q) for q in L][0]`,
      () => `[q for q in L if ${condition(depth - 1)}] and A or B`,
      () => `{"x": ${inner()}}["x"]`,
      () => `(${inner()} + ${inner()})`,
      () => `unread.keep(${inner()})`,
      () => `dict(a=${inner()})["a"]`,
      () => `(${inner()} or ${inner()})`,
      () => `max([${inner()}, ${inner()}])`,
      () => `v.ttl or A`,
      () => `[${inner()}, ${inner()}][${condition(depth - 1)}]`,
    ])();
  };
  const number = (depth = 1): string =>
    depth <= 0
      ? pick(["N", String(whole(6) + 1)])
      : pick<() => string>([
          () => "N",
          () => String(whole(6) + 1),
          () => "len(L)",
          () => "len(set([1, 1, N]))",
          () => `(N := ${number(depth - 1)})`,
          () => "sum(q for q in [1, 2])",
          () => `len([(N := N + 1) for q in range(${whole(3)})]) + 1`,
        ])();
  const condition = (depth = 1): string =>
    pick<() => string>([
      () => "unread.flag()",
      () => "unread.flag()",
      () => "True",
      () => "False",
      () => `${number(depth - 1)} > ${whole(5)}`,
      () => `${name()} == ${name()}`,
      () => `${name()} in L`,
      () => `"b" in D`,
      () => "L is M",
      () => "1 == True",
      () => `(unread.flag() and (${name()} := ${name()}) == A)`,
      () => `not unread.flag()`,
      () => `isinstance(A, timedelta)`,
      () => `any(q == ${name()} for q in L)`,
    ])();
  const view = (ttl: string, given = pick(["v", "w"])) =>
    `${pick([given, given, "v", "w"])} = FeatureView(name="${given}", entities=[shop], source=${pick(["sales", "sales", "other"])}, schema=[Field(name="x", dtype=Float64)], ttl=${ttl})`;

  const block = (depth: number, count = 1 + whole(2)): string[] =>
    Array.from({ length: count }, () => statement(depth)).flat();
  const indent = (lines: readonly string[]) => lines.map((line) => `    ${line}`);

  const statement = (depth: number): string[] => {
    const simple: (() => string[])[] = [
      () => [`${name()} = ${expression()}`],
      () => [`${name()} = ${expression()}`],
      () => [`${name()} = ${name()} = ${expression(1)}`],
      () => [`A, B = ${pick(["B, A", "(B, C)", "[C, A]", "(A, B) if unread.flag() else (B, A)"])}`],
      () => [`${name()} += ${name()}`],
      () => [`N ${pick(["+=", "="])} ${number()}`],
      () => [`L.append(${expression(1)})`],
      () => [`L.insert(0, ${expression(1)})`],
      () => [`L ${pick(["+= [", "= L + ["])}${expression(1)}]`],
      () => [
        `M = ${pick(["L", "list(L)", "L[:]", "L if unread.flag() else list(L)", "L if unread.flag() else M"])}`,
      ],
      () => [`L = [${name()}, ${expression(1)}]`],
      () => [`M[0] = ${expression(1)}`],
      () => [`D["${pick(["a", "b"])}"] = ${expression(1)}`],
      () => [`D.update(a=${expression(1)})`],
      () => [`D |= {"a": ${expression(1)}}`],
      () => [`E = D`, `E["a"] = ${expression(1)}`],
      () => [`K.T = ${expression(1)}`],
      () => [`k.T = ${expression(1)}`],
      () => [`k = K()`],
      () => [`conf.T = ${expression(1)}`],
      () => [`from conf import *`],
      () => [`h()`],
      () => [`bump()`],
      () => [`make(${expression(1)})`],
      () => [view(expression())],
      () => [view(expression())],
      () => [`assert ${condition()} or True`],
      () => [`assert (${name()} := ${expression(1)}) is not None`],
      () => [`f"{(${name()} := ${expression(1)})}"`],
      () => [`print(${pick(["v", "vs", "L", "A", "rows"])} if True else 0)`],
      () => [`x = [${name()} for q in range(2)]`],
      () => [`del C`, `C = ${expression(1)}`],
      () => [`vs = [v, w]`],
      () => [`f = ${pick(["lambda t: t", "lambda t: A", "lambda t, u=B: u", "g"])}`],
    ];
    const tricks: (() => string[])[] = [
      () => [`v.ttl = ${expression(1)}`],
      () => [`setattr(${pick(["v", "w"])}, "ttl", ${expression(1)})`],
      () => [`unread.patch(${pick(["v", "vs", "[v]", "{'q': w}", "(w,)", "k", "rows", "lambda: v"])})`],
      () => [
        `unread.call(${pick(["bump", "h", "lambda: bump()", "lambda: L.append(C)", "lambda: setattr(v, 'ttl', C)", "make"])})`,
      ],
      () => [`list(map(unread.patch, ${pick(["vs", "[v]", "L"])}))`],
      () => [`for q in vs:`, `    unread.patch(q)`],
      () => [`for q in vs:`, `    q.ttl = ${expression(1)}`],
      () => [`(lambda q: setattr(q, "ttl", A))(${pick(["v", "w", "vs[0]", "vs[unread.flag()]"])})`],
      () => [`vs[unread.flag()].ttl = ${expression(1)}`],
      () => [`(v if unread.flag() else w).ttl = A`],
      () => [`vars(v).update(ttl=A)`],
      () => [`w.__dict__["ttl"] = A`],
      () => [`object.__setattr__(v, "ttl", A)`],
      () => [`exec("${name()} = timedelta(days=99)")`],
      () => [`exec(unread.code())`],
      () => [`eval("(${name()} := timedelta(days=98))")`],
      () => [`globals()["${name()}"] = ${expression(1)}`],
      () => [`globals().update(${name()}=${expression(1)})`],
      () => [`from unread_star import *`],
      () => [`sales.path = "changed.parquet"`],
      () => [`v.source.path = "changed.parquet"`],
      () => [
        `sales = FileSource(name="${pick(["sales", "again"])}", path="new.parquet", timestamp_field="at")`,
      ],
      () => [`unread.both(conf)`],
      () => [
        `@unread.decorated`,
        `def deco(q=None):`,
        `    global ${name()}`,
        ...indent([`${name()} = timedelta(days=97)`]),
      ],
    ];
    const compound: (() => string[])[] = [
      () => [
        `if ${condition()}:`,
        ...indent(block(depth - 1)),
        ...(chance(0.5) ? ["else:", ...indent(block(depth - 1))] : []),
      ],
      () => [
        `if ${condition()}:`,
        ...indent(block(depth - 1)),
        `elif ${condition()}:`,
        ...indent(block(depth - 1)),
        "else:",
        ...indent(block(depth - 1)),
      ],
      () => {
        const item = `q${fresh++}`;
        const over = pick(["L", "[A, B]", "range(2)", "unread.some()", "list(D)", "(1,)"]);
        const body = block(depth - 1);
        const end = pick([[], [], [`if ${condition()}: break`], [`if ${condition()}: continue`], ["break"]]);
        const after = chance(0.3) ? block(depth - 1, 1) : [];
        const otherwise = chance(0.2) ? ["else:", ...indent(block(depth - 1, 1))] : [];
        return [`for ${item} in list(${over}):`, ...indent([...body, ...end, ...after]), ...otherwise];
      },
      () => {
        const count = `n${fresh++}`;
        return [
          `${count} = 0`,
          `while ${count} < ${whole(3)}:`,
          ...indent([`${count} += 1`, ...block(depth - 1)]),
        ];
      },
      () => {
        const risk = pick([`unread.fail()`, `unread.maybe_fail()`, `int("no")`, `raise ValueError`]);
        const body = [...block(depth - 1), ...(chance(0.7) ? [risk] : []), ...block(depth - 1, whole(2))];
        const handler = pick([["pass"], block(depth - 1)]);
        const end = chance(0.3) ? ["finally:", ...indent(block(depth - 1, 1))] : [];
        return ["try:", ...indent(body), "except Exception:", ...indent(handler), ...end];
      },
      () => [
        `with suppress(Exception):`,
        ...indent([...block(depth - 1), "unread.maybe_fail()", ...block(depth - 1, 1)]),
      ],
      () => [
        `match ${pick(["N", "(A, B)", "D"])}:`,
        "    case 1:",
        ...indent(indent(block(depth - 1, 1))),
        "    case (A, C):",
        ...indent(indent(block(depth - 1, 1))),
        "    case _:",
        ...indent(indent(block(depth - 1, 1))),
      ],
      () => {
        const fn = `fn${fresh++}`;
        const changed = name();
        const body = block(depth - 1);
        const leaves = pick([[], [`if ${condition()}: return C`]]);
        return [
          `def ${fn}(t=${expression(1)}):`,
          ...indent([
            "global A, B, C, N, L, M, D, E, K, k, v, w, vs, f, x, sales, conf",
            ...leaves,
            ...body,
            `${changed} = t`,
            `return ${expression(1)}`,
          ]),
          pick([`${fn}()`, `${name()} = ${fn}(${name()})`, `f = ${fn}`, `unread.call(${fn})`, `pass`]),
        ];
      },
      () => {
        const fn = `fn${fresh++}`;
        return [
          `def ${fn}():`,
          `    z = ${expression(1)}`,
          `    def inner():`,
          `        nonlocal z`,
          `        z = ${expression(1)}`,
          `    ${pick(["inner()", "unread.call(inner)", "pass", "if unread.flag(): inner()"])}`,
          `    return z`,
          `${name()} = ${fn}()`,
        ];
      },
      () => [
        `class Kx(K):`,
        `    T = ${expression(1)}`,
        `${name()} = Kx.T`,
        ...(chance(0.5) ? [`k = Kx()`] : []),
      ],
    ];
    if (depth > 0 && chance(0.3)) return pick(compound)();
    return pick(chance(0.15) ? tricks : simple)();
  };

  const rows = () =>
    `rows = TrainingSet("rows", spine=asks, features=[${pick([`"v:x"`, `"w:x"`, `"v:x"`])}])`;
  return {
    conf: `from datetime import timedelta\nT = timedelta(days=${whole(5) + 1})\n${chance(0.5) ? "A = timedelta(days=6)\n" : ""}`,
    program: [
      "from contextlib import suppress",
      "from datetime import timedelta",
      "from lookback import Entity, FeatureView, Field, FileSource, Float64, TrainingSet",
      "import conf",
      "import unread",
      ...["A", "B", "C"].map((each) => `${each} = timedelta(days=${whole(9) + 1})`),
      `N = ${whole(5) + 1}`,
      "L = [A, B]",
      "M = L",
      `D = {"a": A, "b": B}`,
      "class K:",
      "    T = B",
      "    def get(self):",
      "        return self.T",
      "k = K()",
      "f = lambda t: t",
      "def g(t, u=A):",
      "    return t if unread.flag() else u",
      "def h():",
      "    return C",
      "def bump():",
      "    global A",
      "    A = A + timedelta(days=1)",
      `shop = Entity(name="shop", join_keys=["shop_id"])`,
      `sales = FileSource(name="sales", path="sales.parquet", timestamp_field="at")`,
      `other = FileSource(name="other", path="other.parquet", timestamp_field="at")`,
      `asks = FileSource(name="asks", path="asks.parquet", timestamp_field="at")`,
      "def make(ttl=None):",
      `    FeatureView(name="w", entities=[shop], source=sales, schema=[Field(name="x", dtype=Float64)], ttl=ttl)`,
      view("A", "w").replace(/^\w/, "w"),
      view("B", "v").replace(/^\w/, "v"),
      "vs = [v, w]",
      "rows = None",
      ...block(2, 2 + whole(4)),
      rows(),
      ...(chance(0.4) ? block(1, 1 + whole(2)) : []),
      ...(chance(0.15) ? [rows()] : []),
      "",
    ].join("\n"),
  };
}

/** Mulberry32: small, seeded, good enough to choose with. */
function randomOf(seed: number) {
  let state = seed | 0;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    whole: (below: number) => Math.floor(random() * below),
    chance: (share: number) => random() < share,
    pick: <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!,
  };
}
