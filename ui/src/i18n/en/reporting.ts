import type { reporting as ja } from "../ja/reporting.ts";

/** Words of reporting. */
export const reporting: Record<keyof typeof ja, string> = {};
