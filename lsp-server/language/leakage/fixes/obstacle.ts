/**
 * Why a way to remove a fault does not go, as a half sentence that may stand behind a colon: what stands in the way, and what to do by hand
 * where that is not what the rule says to do instead.
 */
export class Obstacle {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
