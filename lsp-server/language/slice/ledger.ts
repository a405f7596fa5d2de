/** What an execution gives to a later one that needs it. */
export interface Given {
  readonly kind: "name" | "object" | "file" | "state";
  /** The name; of an object one under which it is read; the file, `*` for any; the state of the process. */
  readonly what: string;
}

/** State of the process beside names, objects and files. */
export type State =
  /** Variables of the environment, the folder, the paths of modules. */
  | "environment"
  /** Options of libraries, filters of warnings, and what was put into modules. */
  | "libraries"
  /** Figures that are being drawn, and how they are drawn. */
  | "figures"
  /** Which folders there are. */
  | "folders"
  | Generator;

/** Generators of chance that all code of a process shares. */
export type Generator = "random" | "numpy.random" | "torch.random" | "tensorflow.random";

export const generators: readonly Generator[] = [
  "random",
  "numpy.random",
  "torch.random",
  "tensorflow.random",
];

/** What each execution needs of those before it: kept in the order in which they run. */
export class Ledger {
  /** For each execution those that it needs, and what for. */
  readonly edges: Map<number, Map<string, Given>>[] = [];
  readonly #givers = new Map<string, Set<number>>();
  /** They may have given any name. */
  readonly #giversOfAny = new Set<number>();
  /** Objects, the names of functions, and what classes have. */
  readonly #changers = new Map<object, Set<number>>();
  readonly #states = new Map<State, Set<number>>();
  readonly #files = new Map<string, Set<number>>();
  /** Seeded, as far as anybody knows. */
  readonly #seeded = new Set<Generator>();
  /** What the execution that runs has asked for: nobody else gives more of it meanwhile. */
  readonly #asked = new Set<string>();
  /** They left something behind. */
  readonly #busy = new Set<number>();

  get at(): number {
    return this.edges.length - 1;
  }

  begin(): void {
    this.edges.push(new Map());
    this.#asked.clear();
  }

  readName(name: string): void {
    if (this.#isAsked(`name ${name}`)) return;
    const given = this.#givers.get(name) ?? this.#giversOfAny;
    for (const one of given) this.#need(one, { kind: "name", what: name });
  }

  /** Whether anything may have given a name. */
  isGiven(name: string): boolean {
    return this.#givers.has(name) || this.#giversOfAny.size > 0;
  }

  readObject(one: object, name: string): void {
    for (const by of this.#changers.get(one) ?? []) this.#need(by, { kind: "object", what: name });
  }

  readState(state: State): void {
    if (this.#isAsked(state)) return;
    for (const by of this.#states.get(state) ?? []) this.#need(by, { kind: "state", what: state });
  }

  /** `*` is any file. */
  readFile(file: string): void {
    if (this.#isAsked(`file ${file}`)) return;
    const all = file === "*" ? [...this.#files.keys()] : [file, "*"];
    for (const one of all)
      for (const by of this.#files.get(one) ?? []) this.#need(by, { kind: "file", what: one });
  }

  /** Whatever anybody has done before; `isShown`: what they only showed, too. */
  readAll(isShown = false): void {
    if (this.#isAsked(`all ${isShown}`)) return;
    const all = isShown ? Array.from({ length: this.at }, (_, at) => at) : this.#busy;
    for (const by of all) this.#need(by, { kind: "name", what: "*" });
  }

  giveName(name: string, isCertain: boolean): void {
    this.#leave();
    const before = isCertain ? [] : (this.#givers.get(name) ?? this.#giversOfAny);
    this.#givers.set(name, new Set([...before, this.at]));
  }

  giveAnyName(): void {
    this.#leave();
    for (const givers of this.#givers.values()) givers.add(this.at);
    this.#giversOfAny.add(this.at);
  }

  change(one: object): void {
    this.#leave();
    add(this.#changers, one, this.at);
  }

  affect(state: State): void {
    this.#leave();
    add(this.#states, state, this.at);
  }

  write(file: string): void {
    this.#leave();
    add(this.#files, file, this.at);
  }

  /** A generator begins anew; what was drawn before does not matter where that is certain. */
  seed(generator: Generator, isCertain: boolean): void {
    this.#leave();
    if (isCertain) this.#states.delete(generator);
    add(this.#states, generator, this.at);
    this.#seeded.add(generator);
  }

  /** Answers whether anything has seeded the generator before. */
  draw(generator: Generator): boolean {
    const isSeeded = this.#seeded.has(generator);
    // What nothing has seeded no order of draws gives again.
    if (isSeeded) this.readState(generator);
    this.affect(generator);
    return isSeeded;
  }

  #isAsked(what: string): boolean {
    if (this.#asked.has(what)) return true;
    this.#asked.add(what);
    return false;
  }

  #need(by: number, given: Given): void {
    if (by === this.at) return;
    const edges = this.edges[this.at];
    const known = edges?.get(by) ?? new Map<string, Given>();
    edges?.set(by, known);
    known.set(`${given.kind} ${given.what}`, given);
  }

  #leave(): void {
    this.#busy.add(this.at);
  }
}

function add<Key>(to: Map<Key, Set<number>>, key: Key, at: number): void {
  const known = to.get(key) ?? new Set();
  known.add(at);
  to.set(key, known);
}
