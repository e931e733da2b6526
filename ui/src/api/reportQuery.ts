import type { Day } from "../i18n/day.ts";
import type { Lang } from "../i18n/language.ts";

/** What a report is laid beside: nothing, the days before, the same days a year ago. */
export type Compare = "none" | "before" | "last_year";

/** What every report's request carries; spread it into `params.query`, and put it into the query key. */
export interface ReportQuery {
  lang: Lang;
  from: Day;
  to: Day;
  filters?: string;
  segment?: string;
  bots?: boolean;
}
