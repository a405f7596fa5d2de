/** Whether a server that ended shall be started again: not when it has ended too often in a short time. */
export interface CrashLimit {
  /** Counts one end; answers whether to start again. */
  ended(at: number): boolean;
  /** Forgets, when a person asks for another start. */
  reset(): void;
}

/** Five ends within three minutes are too many: what ends it then would end it again. Times in milliseconds. */
export function crashLimit(): CrashLimit {
  let ends: number[] = [];
  return {
    ended(at) {
      ends = [...ends.filter((end) => at - end < WITHIN_MS), at];
      return ends.length < TOO_MANY;
    },
    reset() {
      ends = [];
    },
  };
}

const TOO_MANY = 5;
const WITHIN_MS = 180_000;
