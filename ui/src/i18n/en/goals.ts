import type { goals as ja } from "../ja/goals.ts";

export const goals: Record<keyof typeof ja, string> = {};
