import { inside } from "../../leakage/inside.ts";
import type { Expression, Place, Statement } from "../../leakage/ir.ts";
import type { Thing } from "../../leakage/objects/thing.ts";
import type { Called } from "../effects/called.ts";
import { beginsAnywhere, chanceOf, chanceOfMade, isGenerator } from "../effects/chance.ts";
import { type FileUse, filesOf } from "../effects/files.ts";
import { namesInTexts } from "../effects/names-in-texts.ts";
import { looksAtFigures, settingsOf } from "../effects/settings.ts";
import type { Ledger } from "../ledger.ts";
import { pathOf } from "./origins.ts";
import type { AskedLibrary, WatchedRun } from "./watch.ts";

/** A call that draws by chance where nothing has seeded what it draws from. */
export interface Draw {
  readonly at: Place;
  readonly call: string;
}

/** Keeps what calls of libraries do beside changing objects. */
export class LibraryCalls {
  readonly #ledger: Ledger;
  readonly #watched: WatchedRun;
  readonly #draws: readonly Draw[][];
  readonly #opened = new Map<Thing, FileUse>();
  /** What draws from NumPy's own generator when it learns or splits. */
  readonly #drawing = new Map<Thing, { readonly isKnown: boolean; readonly draw: Draw }>();
  /** Texts that names of the notebook stand for. */
  readonly #texts = new Map<string, string | null>();
  #hasGenerators = false;

  constructor(ledger: Ledger, watched: WatchedRun, draws: readonly Draw[][]) {
    this.#ledger = ledger;
    this.#watched = watched;
    this.#draws = draws;
  }

  /** Keeps what a call does; answers its path, and the names that a text it is given looks up. */
  meet(
    asked: AskedLibrary,
    isStatement: boolean,
  ): { readonly path: string | null; readonly names: readonly string[] | "*" } {
    const called = this.#calledOf(asked, isStatement);
    const ledger = this.#ledger;
    for (const state of settingsOf(called)) ledger.affect(state);
    // Of `with`, what it enters is left again.
    if (
      entering.has(called.name) &&
      asked.call.callee.op === "attribute" &&
      asked.call.callee.at !== asked.call.callee.of.at
    )
      for (const state of ["libraries", "environment"] as const) ledger.affect(state);
    if (looksAtFigures(called)) ledger.readState("figures");
    this.#files(called, asked);
    this.#chance(called, asked);
    return { path: called.path, names: namesInTexts(called) ?? [] };
  }

  /** Whoever has an open file may read and write it. */
  touch(one: Thing): void {
    const file = this.#opened.get(one);
    if (!file) return;
    for (const each of file.reads) this.#ledger.readFile(each);
    for (const each of file.writes) this.#ledger.write(each);
  }

  /** Names that a statement gives in turns, or perhaps, stand for no text that is known while it runs. */
  forgetTexts(one: Statement): void {
    if (one.op === "assign" || one.op === "do" || one.op === "function" || one.op === "import") return;
    for (const node of inside(one)) {
      const targets =
        node.op === "assign"
          ? node.targets
          : node.op === "loop" || node.op === "augment" || node.op === "bind"
            ? [node.target]
            : [];
      for (const target of targets)
        for (const each of target ? inside(target) : [])
          if (each.op === "name") this.#texts.set(each.name, null);
    }
  }

  /** Keeps what text a statement gives a name; one that is given in any other way stands for none that is known. */
  keepText(one: Statement, given: ReadonlySet<string>): void {
    const [target, ...others] = one.op === "assign" ? one.targets : [];
    for (const name of given) {
      const isThis =
        target?.op === "name" && target.name === name && others.length === 0 && one.op === "assign";
      this.#texts.set(name, isThis ? this.#textOf(one.value, () => true) : null);
    }
  }

  #files(called: Called, { of, args, answers }: AskedLibrary): void {
    const files = filesOf(called);
    if (!files) return;
    const ledger = this.#ledger;
    const open = [of, ...args.flatMap((some) => [...some])].filter((one) => this.#opened.has(one));
    for (const one of open) this.touch(one);
    // What is told no path, and an open file, has that one.
    if (open.length > 0 && !files.isKeptOpen && !files.isOfFolders) return;
    ledger.readState("folders");
    for (const one of files.reads) ledger.readFile(one);
    for (const one of files.writes) ledger.write(one);
    if (files.isOfFolders) ledger.affect("folders");
    if (files.isKeptOpen) for (const one of answers) if (one.kind === "library") this.#opened.set(one, files);
  }

  #chance(called: Called, { of, args, answers, isCertain }: AskedLibrary): void {
    const ledger = this.#ledger;
    const { run, origins } = this.#watched;
    const chance = chanceOf(called);
    for (const one of chance?.seeds ?? []) ledger.seed(one, isCertain);
    for (const one of chance?.draws ?? [])
      if (!ledger.draw(one) && chance?.isKnown) this.#note(drawOf(called));
    if (beginsAnywhere(called)) this.#note(drawOf(called));
    const made = called.isMethod ? null : chanceOfMade(called);
    if (made)
      for (const one of answers)
        if (one.kind === "library")
          this.#drawing.set(one, { isKnown: made === "known", draw: drawOf(called) });
    this.#hasGenerators ||= isGenerator(called.path) && !called.isMethod;
    if ((this.#drawing.size === 0 && !this.#hasGenerators) || isAsking(called)) return;
    for (const one of run.reachable([of, ...args.flatMap((some) => [...some])])) {
      const drawing = this.#drawing.get(one);
      if (drawing && !ledger.draw("numpy.random") && drawing.isKnown) this.#note(drawing.draw);
      if (isGenerator(origins.of(one))) run.change(one);
    }
  }

  #note(draw: Draw): void {
    this.#draws[this.#ledger.at]?.push(draw);
  }

  #calledOf({ call, of, scope }: AskedLibrary, isStatement: boolean): Called {
    const { callee } = call;
    const isMethod = of.kind !== "path";
    const name = callee.op === "attribute" ? callee.name : (of.path?.split(".").at(-1) ?? "__call__");
    const ofFunction = callee.op === "attribute" ? `${of.path}.${name}` : pathOf(of);
    return {
      path: isMethod ? this.#watched.origins.of(of) : ofFunction,
      isMethod,
      name,
      args: call.args,
      isStatement,
      at: call.at,
      textOf: (one) => this.#textOf(one, (each) => scope.owner(each) === this.#watched.run.notebook),
    };
  }

  /** `isOurs`: whether a name is the notebook's own there. */
  #textOf(one: Expression, isOurs: (name: string) => boolean): string | null {
    switch (one.op) {
      case "constant":
        return typeof one.value === "string" ? one.value : null;
      case "name":
        return isOurs(one.name) ? (this.#texts.get(one.name) ?? null) : null;
      case "binary":
        // A path's last part names the file.
        return one.operator === "/" ? this.#textOf(one.right, isOurs) : null;
      case "call": {
        const last = one.args.at(-1);
        const name = one.callee.op === "attribute" || one.callee.op === "name" ? one.callee.name : "";
        return last && handingOn.test(name) ? this.#textOf(last.value, isOurs) : null;
      }
      default:
        return null;
    }
  }
}

function drawOf({ at, name, path, isMethod }: Called): Draw {
  return { at, call: isMethod || path === null ? name : path };
}

/** Whether a call has models and generators that it reaches draw nothing: it asks them, or makes something that holds them. */
function isAsking({ name, path, isMethod }: Called): boolean {
  return asking.test(name) || (!isMethod && (/^[A-Z]/.test(name) || path?.startsWith("builtins.") === true));
}

const asking =
  /^(predict\w*|transform|decision_function|inverse_transform|get_\w+|set_params|score_samples|append|items|keys|values|get|head|describe|plot_\w+|to_\w+|dump|__enter__)$/;

const entering: ReadonlySet<string> = new Set(["__enter__", "__exit__", "enter_context"]);

/** What answers with the path that it is given last. */
const handingOn = /^(join|Path|joinpath|str|expanduser|abspath)$/;
