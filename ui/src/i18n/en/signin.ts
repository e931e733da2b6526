import type { signin as ja } from "../ja/signin.ts";

/** Words of signin. */
export const signin: Record<keyof typeof ja, string> = {};
