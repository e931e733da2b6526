import type { share as ja } from "../ja/share.ts";

export const share: Record<keyof typeof ja, string> = {};
