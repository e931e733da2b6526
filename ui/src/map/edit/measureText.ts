import type { Source } from "../../api/types.ts";

/** How a measure is written: one metric, one over another, or anything else by hand. */
export type MeasureForm =
  | { how: "one"; metric: string }
  | { how: "ratio"; top: string; bottom: string }
  | { how: "hand" };

const METRIC = String.raw`[\p{L}_][\p{L}\p{N}_]*\.[\p{L}_][\p{L}\p{N}_]*`;
const ONE = new RegExp(`^${METRIC}$`, "u");
const RATIO = new RegExp(`^(${METRIC})\\s*[/÷]\\s*(${METRIC})$`, "u");

/** Recognises the two forms that can be chosen from lists. */
export function readMeasure(text: string): MeasureForm {
  const plain = text.trim();
  if (!plain || ONE.test(plain)) return { how: "one", metric: plain };
  const ratio = RATIO.exec(plain);
  if (ratio) return { how: "ratio", top: ratio[1] ?? "", bottom: ratio[2] ?? "" };
  return { how: "hand" };
}

/** A metric as lists show it: the column people know, then where it stands. */
export interface MetricOption {
  value: string;
  label: string;
}

/** All metrics of all sources. */
export function metricOptions(sources: Source[]): MetricOption[] {
  return sources.flatMap((source) =>
    source.metrics.map((metric) => {
      const id = metric.includes(".") ? metric.slice(metric.indexOf(".") + 1) : metric;
      const spec = source.spec.metrics[id];
      const column = spec?.column || spec?.sum || spec?.distinct || id;
      return {
        value: `${source.id}.${id}`,
        label: column === id ? `${id} (${source.id})` : `${column} (${source.id}.${id})`,
      };
    }),
  );
}
