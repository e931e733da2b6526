import type { LeversReply, WhatIfResult } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Distribution } from "./Distribution.tsx";
import styles from "./whatif.module.css";

interface OutcomeProps {
  levers: LeversReply;
  result: WhatIfResult;
  moved: boolean;
  nameOf: (id: string) => string;
}

/** What becomes of the KGI: the landing's distribution, three numbers, when and through what. */
export function Outcome({ levers, result, moved, nameOf }: OutcomeProps) {
  const { t, f } = useLanguage();
  const { kgi } = levers;
  const { target } = kgi;
  const k = result.kgi;
  const title = target?.by
    ? t("whatif.chart", { until: f.until(target.by), kgi: kgi.name })
    : t("whatif.chart.plain", { kgi: kgi.name });
  if (k.no_value) return <p className={styles.said}>{k.no_value}</p>;
  if (k.landing_after === null || !k.distribution)
    return (
      <div className={styles.block}>
        <h3>{t("whatif.noForecast")}</h3>
        <p className="quiet">{t("whatif.noForecast.line")}</p>
      </div>
    );
  const landing = (value: number | null) =>
    value === null ? null : f.short(rounded(value), kgi.unit);
  const day = (value: string | null) => (value === null ? t("whatif.never") : f.day(value));
  const reaches = k.target !== null && (k.reach_day_before !== null || k.reach_day_after !== null);
  const after = landing(k.landing_after);
  const before = landing(k.landing_before);
  return (
    <>
      <div className={styles.block}>
        <p className={styles.small}>{title}</p>
        <Distribution kgi={kgi} result={k} moved={moved} title={title} />
      </div>
      <dl className={styles.three}>
        {k.p_attain_after !== null && (
          <Figure
            name={t("whatif.chance")}
            number={f.chance(k.p_attain_after).replace(/%$/, "")}
            unit="%"
            before={k.p_attain_before === null ? null : f.chance(k.p_attain_before)}
          />
        )}
        {after && (
          <Figure
            name={t("whatif.landing")}
            number={after.number}
            unit={after.unit}
            before={before && f.joined(before)}
          />
        )}
        {reaches && k.target !== null && (
          <Figure
            name={t("whatif.reach", { amount: f.shortAmount(k.target, kgi.unit) })}
            number={day(k.reach_day_after)}
            unit=""
            before={day(k.reach_day_before)}
          />
        )}
      </dl>
      {moved && <Said levers={levers} result={result} nameOf={nameOf} />}
    </>
  );
}

/** A landing is not known to more than three figures. */
function rounded(value: number): number {
  return Math.abs(value) >= 10 ? Math.round(value) : Number(value.toPrecision(3));
}

interface FigureProps {
  name: string;
  number: string;
  unit: string;
  before: string | null;
}

function Figure({ name, number, unit, before }: FigureProps) {
  const { t } = useLanguage();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <b className="num">
          {number}
          {unit && <small>{unit}</small>}
        </b>
        {before !== null && <span>{t("whatif.before", { value: before })}</span>}
      </dd>
    </div>
  );
}

/** When it shows, how much of it comes from where, and what is not in it. */
function Said({ levers, result, nameOf }: Omit<OutcomeProps, "moved">) {
  const { t, f, lang } = useLanguage();
  const k = result.kgi;
  const space = lang === "ja" ? "" : " ";
  const whole = (share: number) => f.count(Math.round(Math.abs(share) * 100));
  const gain =
    k.p_attain_after === null || k.p_attain_before === null
      ? null
      : k.p_attain_after - k.p_attain_before;
  const shares = result.changes
    .filter((change) => change.share !== null)
    .sort((a, b) => (b.share ?? 0) - (a.share ?? 0))
    .slice(0, TOLD);
  const gained =
    gain === null
      ? ""
      : Math.abs(gain) < 0.005
        ? t("whatif.gain.none")
        : t(gain > 0 ? "whatif.gain.up" : "whatif.gain.down", { points: whole(gain) });
  const alone =
    shares.length > 1
      ? t("whatif.shares", {
          shares: f.list(
            shares.map((change) =>
              t("whatif.share", {
                name: nameOf(change.id),
                points: signedPoints(change.share ?? 0),
              }),
            ),
          ),
        })
      : "";
  const doubt = result.doubt[0];
  const [starts, ends] = t("whatif.starts", { kgi: levers.kgi.name, day: "\n" }).split("\n");
  return (
    <div className={styles.said} aria-live="polite">
      <p>
        {k.starts && !k.too_late && (
          <>
            {starts}
            <b className="nw">{f.day(k.starts)}</b>
            {ends}
            {space}
          </>
        )}
        {[gained, alone].filter(Boolean).join(space)}
      </p>
      {result.changes
        .filter((change) => change.too_late)
        .map((change) => (
          <p key={change.id} className="warn">
            {t("whatif.tooLate", { name: nameOf(change.id) })}
          </p>
        ))}
      {result.not_counted.map((one) => (
        <p key={one.from + one.to} className="quiet">
          {one.sentence}
        </p>
      ))}
      {doubt && (
        <p className="quiet">
          {t("whatif.doubt", {
            share: f.percent(doubt.share),
            from: nameOf(doubt.from),
            to: nameOf(doubt.to),
          })}
        </p>
      )}
    </div>
  );
}

/** As many as one can keep in mind. */
const TOLD = 3;

/** Whole points with their sign: finer than that no probability is known. */
function signedPoints(share: number): string {
  const points = Math.round(share * 100);
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : "±0";
}
