/** Stops what a kernel executes: politely, then by ending it. */
export interface StopKernel {
  /** Interrupts; when `release` was not called within the patience, ends the kernel. Safe to call twice. */
  ask(): void;
  /** Ends the kernel at once. */
  insist(): void;
  /** What was executing is over. */
  release(): void;
}

/** `patienceMs`: how long code may take to end after an interrupt; code that catches it goes on for ever otherwise. */
export function stopKernel(kernel: { interrupt(): void; end(): void }, patienceMs: number): StopKernel {
  let timer: NodeJS.Timeout | undefined;
  return {
    ask() {
      if (timer !== undefined) return;
      kernel.interrupt();
      timer = setTimeout(() => kernel.end(), patienceMs);
    },
    insist: () => kernel.end(),
    release() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
