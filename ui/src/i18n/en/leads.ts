import type { leads as ja } from "../ja/leads.ts";

export const leads: Record<keyof typeof ja, string> = {};
