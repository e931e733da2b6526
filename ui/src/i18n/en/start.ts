import type { start as ja } from "../ja/start.ts";

export const start: Record<keyof typeof ja, string> = {};
