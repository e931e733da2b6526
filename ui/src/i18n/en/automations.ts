import type { automations as ja } from "../ja/automations.ts";

export const automations: Record<keyof typeof ja, string> = {};
