import { Failure } from "../failure.ts";
import type { JupyterMessage } from "./jupyter-message.ts";

/** An execution that waits for its reply and for the kernel to be idle again, told of what arrives. */
export interface AwaitedAnswer {
  readonly answer: Promise<Answer>;
  replied(message: JupyterMessage): void;
  idled(): void;
  /** Anything else was published for it: what is under way is not lost. */
  published(): void;
  /** The kernel answered a question that was asked after this execution. */
  overtakenReply(): void;
  /** It said that it is idle after that question. */
  overtakenIdle(): void;
  fail(failure: Failure): void;
}

/** What became of an execution, once nothing more of it will come. */
export interface Answer {
  readonly reply: JupyterMessage;
  /** Whether everything that was published arrived, as far as can be known. */
  readonly complete: boolean;
}

/** How long a message that was overtaken may still be on its way, and how long the second socket may stay silent, in milliseconds. */
export interface Grace {
  readonly overtakenMs: number;
  readonly silentMs: number;
}

/**
 * Always ends while the kernel answers anything at all. A kernel deals with what it is sent in order: once it has answered a later
 * question, a reply that is missing will never come (`kernels/no-answer`), and outputs that are missing were dropped on the way
 * (`complete` is false).
 */
export function awaitAnswer(grace: Grace): AwaitedAnswer {
  let reply: JupyterMessage | null = null;
  let timer: NodeJS.Timeout | undefined;
  let resolve: (answer: Answer) => void = () => undefined;
  let reject: (failure: Failure) => void = () => undefined;
  const answer = new Promise<Answer>((yes, no) => {
    resolve = yes;
    reject = no;
  }).finally(() => clearTimeout(timer));
  let idle = false;
  const within = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, ms);
  };
  const giveUp = () => {
    if (reply === null) reject(noAnswer());
    else resolve({ reply, complete: false });
  };
  const settle = () => {
    if (reply !== null && idle) resolve({ reply, complete: true });
  };
  return {
    answer,
    replied(message) {
      reply = message;
      settle();
    },
    idled() {
      idle = true;
      settle();
    },
    published: () => void timer?.refresh(),
    overtakenReply: () => within(reply === null ? grace.overtakenMs : grace.silentMs),
    overtakenIdle: () => within(grace.overtakenMs),
    fail: (failure) => reject(failure),
  };
}

function noAnswer(): Failure {
  return new Failure(
    "kernels/no-answer",
    "The kernel took this cell and never answered: it could not read it, or could not write its answer. Whether it ran is not known.",
    { advice: "Look in the cell for characters that are none, and for code that changes the kernel itself." },
  );
}
