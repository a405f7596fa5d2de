import type { Session } from "./session.ts";

/** Tells a client that shows findings on pages of their own when there may be new ones: a moment after an edit, once. */
export function tellOfFindings(session: Session): void {
  let waiting = false;
  session.onNews(() => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      session.client.notify("lookback/findings/changed", {});
    }, SETTLE_MS);
  });
}

/** Long enough that a typist is not chased. */
const SETTLE_MS = 150;
