import type { links as ja } from "../ja/links.ts";

/** Words of links. */
export const links: Record<keyof typeof ja, string> = {};
