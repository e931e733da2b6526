/** Files the measure page can read, for the file chooser. */
export const ACCEPT = ".csv,.tsv,.txt,.xlsx,.zip,.gz,.log";

/** Files chosen on the start page wait here until the measure page opens. */
let waiting: File[] = [];

/** Hands files over to the measure page. */
export function handOver(files: File[]): void {
  waiting = files;
}

/** Takes the waiting files, once. */
export function takeOver(): File[] {
  const files = waiting;
  waiting = [];
  return files;
}
