import type { IconName } from "../../kit/Icon.tsx";
import type { Kind } from "./condition.ts";

/** What a row is about, drawn. */
export const icons: Record<Kind, IconName> = {
  page: "eye",
  event: "act",
  property: "person",
  company: "company",
  tag: "tag",
  consent: "mail",
  score: "measure",
  segment: "share",
};
