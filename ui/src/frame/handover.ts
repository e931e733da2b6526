/** A file chosen on the start page waits here until the measure page opens. */
let waiting: File | null = null;

/** Hands a file over to the measure page. */
export function handOver(file: File): void {
  waiting = file;
}

/** Takes the waiting file, once. */
export function takeOver(): File | null {
  const file = waiting;
  waiting = null;
  return file;
}
