import { Failure } from "../../../failure.ts";
import { sayAddress } from "./say-address.ts";

type Kind = "unreachable" | "denied" | "failed";

/** Why a place could not do something; `did` says what was not done. */
export function bucketFault(kind: Kind, address: string, did: string, cause: unknown): Failure {
  const url = sayAddress(address);
  const reason = sayAddress(cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause));
  return new Failure(`remotes/${kind}`, `${says[kind](url)} (${reason}). ${did}`, {
    advice: isNoFolder(cause) ? "Make that folder, or mount the disk that it lies on." : advice[kind],
    data: { url },
    cause,
  });
}

const says: Readonly<Record<Kind, (url: string) => string>> = {
  unreachable: (url) => `${url} cannot be reached`,
  denied: (url) => `${url} does not let you in`,
  failed: (url) => `${url} did not answer as expected`,
};

const advice: Readonly<Record<Kind, string>> = {
  unreachable: "Look at the address and the network, then try again: what arrived is not sent twice.",
  denied: "Log in where the address leads to, or ask whoever keeps it for access.",
  failed: "Try again: what arrived is not sent twice.",
};

/** Of a folder that is not there, as one on a disk that is not mounted; it is not made, for that would be on another disk. */
function isNoFolder(cause: unknown): boolean {
  const { code, syscall } = (cause ?? {}) as NodeJS.ErrnoException;
  return code === "ENOENT" && syscall === "stat";
}
