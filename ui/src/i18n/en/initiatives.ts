import type { initiatives as ja } from "../ja/initiatives.ts";

export const initiatives: Record<keyof typeof ja, string> = {};
