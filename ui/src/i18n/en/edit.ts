import type { edit as ja } from "../ja/edit.ts";

export const edit: Record<keyof typeof ja, string> = {};
