import type { OfferedFindings } from "@lookback/protocol/findings.ts";

/** Whether the document in front has a fix that changes nothing but its leak. */
export interface SafeFixes {
  /** False where there is none. Until that is known there may be one. */
  mayBe(): boolean;
  /** Looks anew: another document may be in front. */
  look(): void;
  dispose(): void;
}

export interface SafeFixesWorld {
  /** The document in front; null when there is none. */
  front(): string | null;
  ask(
    uri: string,
    signal: AbortSignal,
  ): Promise<{ readonly offered: Pick<OfferedFindings, "isAnySafe"> | null }>;
  /** Hears that there may be something new to say of a document. Answers how to stop. */
  onNews(listener: () => void): () => void;
}

/** Follows that, once nobody types; `changed` is called when it is another answer. */
export function safeFixes(world: SafeFixesWorld, changed: () => void): SafeFixes {
  let known: { readonly uri: string | null; readonly mayBe: boolean } = { uri: null, mayBe: true };
  let asking = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (next: typeof known) => {
    const isOther = next.mayBe !== known.mayBe;
    known = next;
    if (isOther) changed();
  };
  const stop = () => {
    clearTimeout(timer);
    asking.abort();
  };
  const look = () => {
    stop();
    const uri = world.front();
    if (uri !== known.uri) take({ uri, mayBe: true });
    if (uri === null) return;
    const own = new AbortController();
    asking = own;
    timer = setTimeout(() => {
      // A text that has changed meanwhile is about to be asked about again; where it failed, whoever asks for fixes hears why.
      world.ask(uri, own.signal).then(
        ({ offered }) => {
          if (offered !== null && !own.signal.aborted) take({ uri, mayBe: offered.isAnySafe });
        },
        () => {
          if (!own.signal.aborted) take({ uri, mayBe: true });
        },
      );
    }, AFTER_TYPING);
  };
  const stopHearing = world.onNews(look);
  look();
  return {
    mayBe: () => known.mayBe,
    look,
    dispose() {
      stop();
      stopHearing();
    },
  };
}

const AFTER_TYPING = 1_000;
