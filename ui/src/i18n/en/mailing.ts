import type { mailing as ja } from "../ja/mailing.ts";

export const mailing: Record<keyof typeof ja, string> = {};
