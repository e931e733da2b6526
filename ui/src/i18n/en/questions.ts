import type { questions as ja } from "../ja/questions.ts";

/** Words of questions. */
export const questions: Record<keyof typeof ja, string> = {};
