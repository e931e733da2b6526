import type { measure as ja } from "../ja/measure.ts";

export const measure: Record<keyof typeof ja, string> = {};
