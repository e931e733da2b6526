import type { glossary as ja } from "../ja/glossary.ts";

/** Words of glossary. */
export const glossary: Record<keyof typeof ja, string> = {};
