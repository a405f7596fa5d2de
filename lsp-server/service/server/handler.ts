import type {
  NotificationMethod,
  Notifications,
  Params,
  RequestMethod,
  Result,
} from "@lookback/protocol/requests.ts";
import type { Session } from "./session.ts";

/** One `lookback/*` request: its method and what answers it. */
export interface Handler<M extends RequestMethod> {
  readonly method: M;
  readonly run: (session: Session, params: Params<M>, context: Context) => Promise<Result<M>>;
}

export interface Context {
  /** Aborted when the client cancels the request or goes away. */
  readonly signal: AbortSignal;
  /** Sends a notification to the client. */
  notify<N extends NotificationMethod>(method: N, payload: Notifications[N]): void;
}

/** Ties a method to its answer, so that the compiler checks both against the protocol. */
export function handler<M extends RequestMethod>(method: M, run: Handler<M>["run"]): AnyHandler<M> {
  // Parameters come from the wire: which method they belong to is known there, not to the compiler.
  return { method, run } as unknown as AnyHandler<M>;
}

/** A handler whatever its method, as dispatch sees it. */
export interface AnyHandler<M extends RequestMethod = RequestMethod> {
  readonly method: M;
  readonly run: (session: Session, params: unknown, context: Context) => Promise<Result<RequestMethod>>;
}
