import type { scores as ja } from "../ja/scores.ts";

export const scores: Record<keyof typeof ja, string> = {};
