import type { activity as ja } from "../ja/activity.ts";

/** Words of activity. */
export const activity: Record<keyof typeof ja, string> = {};
