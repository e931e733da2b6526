import type { contacts as ja } from "../ja/contacts.ts";

export const contacts: Record<keyof typeof ja, string> = {};
