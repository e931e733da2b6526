import type { alerts as ja } from "../ja/alerts.ts";

/** Words of alerts. */
export const alerts: Record<keyof typeof ja, string> = {};
