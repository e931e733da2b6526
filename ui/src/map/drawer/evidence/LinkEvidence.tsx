import type { ReactNode } from "react";
import type { MapLink } from "../../../api/types.ts";
import { group } from "../../../i18n/format.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { Grade } from "../../../kit/Grade.tsx";
import { lagWords } from "../../board/lag.ts";
import { roadKind } from "../../roads.ts";
import styles from "./Evidence.module.css";
import { perTenText } from "./effect.ts";
import { LagChart } from "./LagChart.tsx";
import { StrengthChart } from "./StrengthChart.tsx";

interface LinkEvidenceProps {
  link: MapLink;
  /** The end that is not this indicator. */
  other: "from" | "to";
  /** Names of indicators by id. */
  nameOf: (id: string) => string;
  /** Still being measured. */
  computing: boolean;
  /** The charts are there without a click. */
  open: boolean;
  onOpen: (id: string) => void;
  /** Below all of it. */
  children?: ReactNode;
}

/** One influence with all that is known of it: what, since when, how sure, and how we know. */
export function LinkEvidence(props: LinkEvidenceProps) {
  const { link, other, nameOf, computing, open, onOpen, children } = props;
  const { t, f } = useLanguage();
  const lag = lagWords(link.lag, t);
  const kind = roadKind(link, computing);
  return (
    <li className={styles.link} data-road={kind}>
      <div className={styles.head}>
        <button type="button" className={styles.name} onClick={() => onOpen(link[other])}>
          {other === "from" ? link.from_name : link.to_name}
        </button>
        <Grade grade={link.grade} label={t(`grade.${link.grade}`)} />
      </div>
      {link.label && !computing && (
        <p className={styles.label} data-road={kind}>
          {link.label}
        </p>
      )}
      <p>
        {computing ? t("evidence.computing") : link.sentence}
        {lag && !link.effect && <> {t("drawer.roads.lag", { lag })}</>}
      </p>
      {link.because && (
        <p className="quiet">{t("drawer.roads.because", { because: link.because })}</p>
      )}
      {!computing && link.tested_on && (
        <p className={link.stale ? styles.stale : "quiet"}>
          {t(link.stale ? "evidence.checkedStale" : "evidence.checked", {
            day: f.day(link.tested_on),
          })}
        </p>
      )}
      {!computing && link.proposal && (
        <p className={styles.proposal}>
          <b>{t("evidence.proposal")}</b>
          {link.proposal.sentence}
        </p>
      )}
      {!computing && link.n_days > 0 && link.tested_on && (
        <details className={styles.details} open={open}>
          <summary>{t("evidence.details")}</summary>
          <Charts link={link} />
          <Facts link={link} nameOf={nameOf} />
        </details>
      )}
      {children}
    </li>
  );
}

function Charts({ link }: { link: MapLink }) {
  const { t, f } = useLanguage();
  const [first, last] = link.break?.range ?? [];
  return (
    <>
      {link.profile.length > 1 && (
        <figure className={styles.figure}>
          <figcaption>
            <b>{t("evidence.lag.title")}</b>
            {t("evidence.lag.line")}
            {link.verdict === "moves" && link.lag_range && <> {t("evidence.lag.tinted")}</>}
          </figcaption>
          <LagChart link={link} />
        </figure>
      )}
      {link.strength.length > 1 && (
        <figure className={styles.figure}>
          <figcaption>
            <b>{t("evidence.strength.title")}</b>
            {t("evidence.strength.line")}
          </figcaption>
          <StrengthChart link={link} />
        </figure>
      )}
      {link.break && first && last && (
        <dl className={styles.facts}>
          <div>
            <dt className={styles.broke}>{t("evidence.break.title")}</dt>
            <dd>
              {t("evidence.break.day", {
                day: f.longDay(link.break.date),
                first: f.day(first),
                last: f.day(last),
              })}
              <br />
              {t("evidence.break.effects", {
                before: perTenText(link.break.before.elasticity),
                after: perTenText(link.break.after.elasticity),
              })}
            </dd>
          </div>
        </dl>
      )}
    </>
  );
}

/** What the test rests on, in lines; the method in plain words, and in full for who asks. */
function Facts({ link, nameOf }: { link: MapLink; nameOf: (id: string) => string }) {
  const { t, f } = useLanguage();
  const names = { from: link.from_name, to: link.to_name };
  return (
    <dl className={styles.facts}>
      {link.tracking.length > 0 && (
        <div>
          <dt>{t("evidence.tracking.title")}</dt>
          <dd>
            {link.tracking.map((one) => {
              const whose = one.of === "kpi" || one.of === "kgi" ? one.of : "both";
              return (
                <span key={`${one.from} ${one.of}`} className={styles.line}>
                  {one.to === null
                    ? t("evidence.tracking.from", { from: f.longDay(one.from) })
                    : t("evidence.tracking.span", {
                        from: f.longDay(one.from),
                        to: f.longDay(one.to),
                      })}{" "}
                  {t(`evidence.tracking.of.${whose}`, {
                    ...names,
                    factor: group(one.factor, one.factor < 0.1 ? 2 : 1),
                  })}
                </span>
              );
            })}
            <span className="quiet">{t("evidence.tracking.line")}</span>
          </dd>
        </div>
      )}
      <div>
        <dt>{t("evidence.sample")}</dt>
        <dd>
          {t("evidence.sample.days", {
            count: f.count(link.n_days),
            from: f.longDay(link.span.from),
            to: f.longDay(link.span.to),
          })}
        </dd>
      </div>
      <div>
        <dt>{t("evidence.controls")}</dt>
        <dd>{f.list([t("evidence.controls.calendar"), ...link.controls])}</dd>
      </div>
      {link.tested_at && (
        <div>
          <dt>{t("evidence.testedAt")}</dt>
          <dd>{t("evidence.testedAt.line", { name: nameOf(link.tested_at) })}</dd>
        </div>
      )}
      <div>
        <dt>{t("evidence.method")}</dt>
        <dd>
          {t("evidence.method.plain", names)}
          <details className={styles.more}>
            <summary>{t("evidence.method.more")}</summary>
            {link.method && <p>{link.method}</p>}
            <p>{t("evidence.method.full")}</p>
          </details>
        </dd>
      </div>
    </dl>
  );
}
