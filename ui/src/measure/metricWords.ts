import type { MetricSpec } from "../api/types.ts";
import type { Format } from "../i18n/format.ts";
import type { Translate } from "../i18n/translate.ts";

/** How a metric is made of a table: the column, or the rows that are counted. */
export function metricWords(
  t: Translate,
  f: Format,
  id: string,
  spec: MetricSpec | undefined,
): string {
  if (!spec) return id;
  const metric = spec.count
    ? t("measure.metric.count")
    : spec.sum
      ? t("measure.metric.sum", { column: spec.sum })
      : spec.distinct
        ? t("measure.metric.distinct", { column: spec.distinct })
        : spec.column || id;
  const [where] = Object.entries(spec.where ?? {});
  if (!where) return metric;
  return t("measure.metric.where", { metric, column: where[0], values: f.facts(where[1]) });
}
