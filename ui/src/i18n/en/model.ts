import type { model as ja } from "../ja/model.ts";

export const model: Record<keyof typeof ja, string> = {};
