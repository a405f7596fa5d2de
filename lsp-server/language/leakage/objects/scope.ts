/** Names, and what they may stand for: the notebook's, or those of a function's call. */
export class Scope<Held> {
  readonly #names = new Map<string, ReadonlySet<Held>>();
  readonly #around: Scope<Held> | null;
  readonly #of: "calls" | "class" | "comprehension";
  /** Names that belong to a scope further out: `global`, `nonlocal`. */
  readonly #elsewhere = new Map<string, Scope<Held>>();

  /** What stands in a class sees the class's names, and functions in it do not. */
  constructor(around: Scope<Held> | null = null, of: "calls" | "class" | "comprehension" = "calls") {
    this.#around = around !== null && around.#of === "class" && of === "calls" ? around.#around : around;
    this.#of = of;
  }

  /** The scope around it; null for the notebook's. */
  get around(): Scope<Held> | null {
    return this.#around;
  }

  /** Where `:=` gives a name. */
  get assigning(): Scope<Held> {
    return this.#of === "comprehension" && this.#around ? this.#around.assigning : this;
  }

  /** Undefined where nothing gives the name. */
  of(name: string): ReadonlySet<Held> | undefined {
    const elsewhere = this.#elsewhere.get(name);
    return elsewhere ? elsewhere.of(name) : (this.#names.get(name) ?? this.#around?.of(name));
  }

  /** The scope whose name is meant; null where nothing gives it. */
  owner(name: string): Scope<Held> | null {
    const elsewhere = this.#elsewhere.get(name);
    if (elsewhere) return elsewhere.owner(name);
    return this.#names.has(name) ? this : (this.#around?.owner(name) ?? null);
  }

  /** `isMaybe`: it may not happen, and what the name stood for stays possible. Answers the scope that the name belongs to. */
  give(name: string, things: ReadonlySet<Held>, isMaybe: boolean): Scope<Held> {
    const elsewhere = this.#elsewhere.get(name);
    if (elsewhere) return elsewhere.give(name, things, true);
    const before = isMaybe ? this.#names.get(name) : undefined;
    this.#names.set(name, before ? new Set([...before, ...things]) : things);
    return this;
  }

  /** From here on a name is the notebook's, or that of the next scope outwards that has it. */
  lend(name: string, isOfNotebook: boolean): void {
    let owner: Scope<Held> = this;
    while (owner.#around && (isOfNotebook || owner === this || !owner.#names.has(name)))
      owner = owner.#around;
    if (owner !== this) this.#elsewhere.set(name, owner);
  }

  /** The names that it has itself. */
  own(): ReadonlyMap<string, ReadonlySet<Held>> {
    return this.#names;
  }
}
