import type { agreement as ja } from "../ja/agreement.ts";

/** Words of agreement. */
export const agreement: Record<keyof typeof ja, string> = {};
