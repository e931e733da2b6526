import type { ReactNode } from "react";
import type { IndicatorDetail } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import styles from "./Drawer.module.css";

interface DefinitionTabProps {
  detail: IndicatorDetail;
  /** Of the goal itself: what the signatures say, which no entry of the model can. */
  agreement?: string;
}

/** What is counted, why, by whom, and where the number comes from. */
export function DefinitionTab({ detail, agreement }: DefinitionTabProps) {
  const { t, f } = useLanguage();
  const one = detail.indicator;
  const { freshness: fresh, reconciliation: both } = one;
  return (
    <>
      <dl className={styles.facts}>
        <Fact name={t("drawer.definition")}>
          {one.definition || <span className="quiet">{t("drawer.definition.none")}</span>}
        </Fact>
        {one.why && <Fact name={t("drawer.why")}>{one.why}</Fact>}
        <Fact name={t("drawer.unit")}>
          {f.facts([one.unit || t("drawer.unit.none"), t(`drawer.kind.${one.kind}`)])}
        </Fact>
        <Fact name={t("drawer.owner")}>
          {one.owner || <span className="quiet">{t("map.noOwner")}</span>}
        </Fact>
        {one.target && (
          <Fact name={t("drawer.targetLabel")}>
            {one.target.label}
            {one.target.from && one.target.by && (
              <span className="quiet">
                {" "}
                {t("drawer.span.days", {
                  from: f.longDay(one.target.from),
                  to: f.longDay(one.target.by),
                })}
              </span>
            )}
          </Fact>
        )}
        {one.target && (
          <Fact name={t("drawer.agreed")}>
            {agreement ??
              (one.target.agreed.length === 0
                ? t("map.goal.nobody")
                : f.list(
                    one.target.agreed.map((who) =>
                      who.on
                        ? t("drawer.agreed.by", { name: who.by, day: f.longDay(who.on) })
                        : who.by,
                    ),
                  ))}
          </Fact>
        )}
      </dl>
      <h3 className={styles.group}>{t("drawer.origin")}</h3>
      <dl className={styles.facts}>
        {one.formula && (
          <Fact name={t("drawer.formula")}>
            <code>{readable(one.formula, detail)}</code>
          </Fact>
        )}
        {one.measure && (
          <Fact name={t("drawer.measure")}>
            <code>{one.measure}</code>
            {detail.sources.map((source) => (
              <span key={source.id} className={styles.source}>
                {source.path} {f.list(source.metrics)}
              </span>
            ))}
          </Fact>
        )}
        {one.value_span && (
          <Fact name={t("drawer.span")}>
            {t("drawer.span.days", {
              from: f.longDay(one.value_span.from),
              to: f.longDay(one.value_span.to),
            })}
          </Fact>
        )}
        {fresh.last_day && (
          <Fact name={t("drawer.freshness")}>
            {fresh.stale && fresh.stale_days !== null
              ? t("drawer.freshness.stale", {
                  day: f.longDay(fresh.last_day),
                  days: fresh.stale_days,
                })
              : f.longDay(fresh.last_day)}
          </Fact>
        )}
        <Fact name={t("drawer.missing")}>
          {one.missing_days > 0
            ? t("drawer.missing.days", { days: one.missing_days })
            : t("drawer.missing.none")}
        </Fact>
        {both && both.measured !== null && both.computed !== null && (
          <Fact name={t("drawer.reconciliation")}>
            {t("drawer.reconciliation.gap", {
              measured: f.amount(both.measured, one.unit),
              computed: f.amount(both.computed, one.unit),
              gap: both.gap_relative === null ? "" : f.relative(both.gap_relative),
            })}
          </Fact>
        )}
        <Fact name={t("drawer.version")}>{t("map.version", { version: detail.version })}</Fact>
      </dl>
      {detail.glossary.length > 0 && (
        <>
          <h3 className={styles.group}>{t("drawer.glossary")}</h3>
          <dl className={styles.facts}>
            {detail.glossary.map((entry) => (
              <Fact key={entry.term} name={entry.term}>
                {entry.text}
              </Fact>
            ))}
          </dl>
        </>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A formula with names for ids, and × ÷ for * and /. */
function readable(formula: string, detail: IndicatorDetail): string {
  const names = new Map(detail.inputs.map((input) => [input.id, input.name]));
  return formula
    .replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (id) => names.get(id) ?? id)
    .replaceAll("*", "×")
    .replaceAll("/", "÷");
}
