import { Link } from "@tanstack/react-router";
import { useState } from "react";
import {
  type Activity,
  type ActivityRow,
  type ActivityThing,
  useActivity,
} from "../../api/useActivity.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Badge } from "../../kit/Badge.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { classes } from "../../kit/classes.ts";
import { Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./activity.module.css";
import { isWhat, sumUp } from "./sumUp.ts";

const SPANS = [7, 30, 90] as const;

/** Who of which department looked and asked: days, never minutes. */
export function WhoLooked({ ws }: { ws: string }) {
  const { t, f } = useLanguage();
  const [days, setDays] = useState<(typeof SPANS)[number]>(7);
  const activity = useActivity(ws, days);
  const { data } = activity;
  return (
    <section className={styles.stack}>
      <div className={styles.head}>
        <div>
          <h2>{data ? <Sentence data={data} /> : t("activity.title")}</h2>
          <p className="quiet">{t("activity.line")}</p>
        </div>
        <fieldset className={styles.spans}>
          <legend className="sr">{t("activity.span")}</legend>
          {SPANS.map((one) => (
            <ChipButton
              key={one}
              on={one === days}
              aria-pressed={one === days}
              onClick={() => setDays(one)}
            >
              {t(`activity.span.${one}`)}
            </ChipButton>
          ))}
        </fieldset>
      </div>
      {activity.error && <Failed error={activity.error} retry={() => void activity.refetch()} />}
      {activity.isPending && (
        <>
          <Loading />
          <Skeleton height={148} />
          <Skeleton height={240} />
        </>
      )}
      {data && (
        <>
          <ul className={styles.departments}>
            {data.departments.map((one) => (
              <Department key={one.id} ws={ws} row={one} span={days} />
            ))}
          </ul>
          {data.named && data.people.length > 0 && (
            <section>
              <h3>{t("activity.people")}</h3>
              <Card flush>
                <ul className={styles.people}>
                  {data.people.map((one) => (
                    <Person key={one.id} row={one} />
                  ))}
                </ul>
              </Card>
            </section>
          )}
          {data.things.length > 0 && <Things things={data.things} all={data.departments} />}
          <p className={`quiet ${styles.small}`}>
            {t("activity.note", { from: f.day(data.from), to: f.day(data.to) })}
          </p>
        </>
      )}
    </section>
  );
}

function Sentence({ data }: { data: Activity }) {
  const { t, f } = useLanguage();
  const { looked, all, silent } = sumUp(data.departments);
  if (all === 0) return t("activity.sentence.undivided");
  if (silent.length === 0) return t("activity.sentence.all", { all });
  if (looked === 0) return t("activity.sentence.none");
  return t("activity.sentence.some", { all, looked, silent: f.list(silent) });
}

function Department({ ws, row, span }: { ws: string; row: ActivityRow; span: number }) {
  const { t, f } = useLanguage();
  const silent = row.active === 0;
  return (
    <li className={classes(styles.department, silent && styles.silent)}>
      <div className={styles.top}>
        <h3>{row.name || t("activity.department.none")}</h3>
        <span className="quiet nw">
          {t("activity.of", { active: row.active, people: row.people })}
        </span>
      </div>
      {silent ? (
        <>
          <p className="quiet">{t("activity.silent")}</p>
          <Link
            to={row.name ? "/w/$ws/share/links" : "/w/$ws/people"}
            params={{ ws }}
            className={buttonClass("outline", true)}
          >
            {t(row.name ? "activity.silent.step" : "activity.department.step")}
          </Link>
        </>
      ) : (
        <>
          <p className={styles.days}>
            <span className="num">
              <b>{row.days}</b>
              <small>{t("activity.days", { span })}</small>
            </span>
            {row.last && (
              <span className="quiet">{t("activity.last", { day: f.day(row.last) })}</span>
            )}
          </p>
          <Looked row={row} />
        </>
      )}
    </li>
  );
}

/** What was looked at and said, in one line. */
function Looked({ row }: { row: ActivityRow }) {
  const { t, f } = useLanguage();
  const looked = row.looked.filter(isWhat).map((what) => t(`activity.what.${what}`));
  const said = (["asked", "spoke", "changed"] as const)
    .filter((key) => row[key] > 0)
    .map((key) => t(`activity.${key}`, { n: row[key] }));
  return (
    <p className={styles.line}>
      {looked.length > 0 && <span>{f.facts(looked)}</span>}
      {said.length > 0 && <span className={styles.said}>{f.facts(said)}</span>}
    </p>
  );
}

function Person({ row }: { row: ActivityRow }) {
  const { t, f } = useLanguage();
  return (
    <li className={row.active === 0 ? styles.idle : undefined}>
      <span aria-hidden="true" className={styles.face}>
        <Badge name={row.name} label={row.name} large />
      </span>
      <span className={styles.who}>
        {row.name}
        <span className={styles.sub}>{row.department || t("activity.department.none")}</span>
      </span>
      <span className={styles.did}>
        {row.active === 0 ? (
          <span className="quiet">{t("activity.silent")}</span>
        ) : (
          <Looked row={row} />
        )}
      </span>
      <span className={styles.when}>{row.last ? f.day(row.last) : ""}</span>
    </li>
  );
}

function Things({ things, all }: { things: ActivityThing[]; all: ActivityRow[] }) {
  const { t, f } = useLanguage();
  const people = all.reduce((sum, one) => sum + one.people, 0);
  return (
    <section>
      <h3>{t("activity.things")}</h3>
      <Card flush>
        <ul className={styles.things}>
          {things.slice(0, 10).map((one) => (
            <li key={`${one.what} ${one.id}`}>
              <span className={styles.thing}>
                {one.name || (isWhat(one.what) ? t(`activity.what.${one.what}`) : one.what)}
                {one.name && <span className={styles.sub}>{t("activity.what.indicator")}</span>}
              </span>
              <span className={styles.meter} aria-hidden="true">
                <i style={{ width: `${(100 * one.people) / Math.max(people, 1)}%` }} />
              </span>
              <span className={styles.count}>{t("activity.persons", { n: one.people })}</span>
              <span className={`quiet ${styles.from}`}>
                {f.facts(one.departments.map((name) => name || t("activity.department.none")))}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
