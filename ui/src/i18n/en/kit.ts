import type { kit as ja } from "../ja/kit.ts";

export const kit: Record<keyof typeof ja, string> = {
  "status.met": "Met",
  "status.on-pace": "On pace",
  "status.behind": "Behind",
  "status.missed": "Missed",
  "status.too-early": "Too early",
  "status.no-data": "No data",
  "status.none": "No target",
  "kit.close": "Close",
  "kit.cancel": "Cancel",
  "kit.retry": "Load again",
  "kit.loading": "Loading",
  "kit.failed": "This could not be loaded",
  "kit.failed.offline": "The server does not answer. Check that it is running, then try again.",
  "kit.optional": "optional",
  "kit.previousMonth": "Previous month",
  "kit.nextMonth": "Next month",
};
