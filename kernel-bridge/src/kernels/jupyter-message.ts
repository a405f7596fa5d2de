import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { parseJson } from "@lookback/notebook-file/json-tree.ts";
import { exactValue } from "@lookback/notebook-file/json-value.ts";

/** One message of Jupyter's wire protocol 5.3. */
export interface JupyterMessage {
  readonly header: { readonly msg_id: string; readonly msg_type: string; readonly [key: string]: unknown };
  readonly parent: { readonly msg_id?: string };
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Of what is shown in a notebook, numbers that JavaScript would change are `ExactNumber`s. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** The frames of a signed request, and the id that its answers name as their parent's. */
export function encodeMessage(
  key: string,
  session: string,
  type: string,
  content: object,
  metadata: object = {},
): { readonly id: string; readonly frames: Buffer[] } {
  const id = randomUUID();
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: "lookback",
    date: new Date().toISOString(),
    version: "5.3",
  };
  const parts = [header, {}, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
  return { id, frames: [delimiter, Buffer.from(sign(key, parts)), ...parts] };
}

/** The message in some frames; null when they are not signed with the key, or hold no message. */
export function decodeMessage(key: string, frames: readonly Buffer[]): JupyterMessage | null {
  const at = frames.findIndex((frame) => frame.equals(delimiter));
  const signature = frames[at + 1];
  const parts = frames.slice(at + 2, at + 6);
  if (at < 0 || signature === undefined || parts.length < 4) return null;
  const expected = Buffer.from(sign(key, parts));
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
  try {
    const [header, parent, metadata] = parts.map((part) => JSON.parse(part.toString("utf8")));
    const text = (parts[3] ?? delimiter).toString("utf8");
    const content = shown.has(header?.msg_type) ? exactContent(text) : JSON.parse(text);
    return isObject(header) && isObject(parent) && isObject(content)
      ? ({ header, parent, metadata, content } as JupyterMessage)
      : null;
  } catch {
    return null;
  }
}

/** Messages whose content goes into a notebook. */
const shown = new Set(["display_data", "execute_result", "update_display_data"]);

function exactContent(text: string): unknown {
  const { root } = parseJson(text);
  return root === null ? null : exactValue(text, root);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

const delimiter = Buffer.from("<IDS|MSG>");

function sign(key: string, parts: readonly Buffer[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
