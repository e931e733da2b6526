import type { conditions as ja } from "../ja/conditions.ts";

export const conditions: Record<keyof typeof ja, string> = {};
