import type { surveys as ja } from "../ja/surveys.ts";

export const surveys: Record<keyof typeof ja, string> = {};
