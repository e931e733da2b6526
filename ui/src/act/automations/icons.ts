import type { IconName } from "../../kit/Icon.tsx";
import type { Kind, Trigger } from "./definition.ts";

/** What a step does, drawn. */
export const icons: Record<Kind, IconName> = {
  mail: "mail",
  notify: "bell",
  webhook: "link",
  tag: "tag",
  property: "edit",
  score: "measure",
  wait: "clock",
  branch: "fork",
  goal: "flag",
};

/** What a trigger looks at, drawn. */
export function triggerIcon(trigger: Trigger): IconName {
  if (trigger.date) return "calendar";
  if (trigger.band) return "measure";
  if (trigger.event?.event) return "download";
  return "eye";
}
