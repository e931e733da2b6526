import { useState } from "react";
import {
  type AuditArea,
  type AuditChange,
  type AuditEntry,
  type AuditWish,
  auditFile,
  useAudit,
} from "../../api/useActivity.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Badge } from "../../kit/Badge.tsx";
import { Button, buttonClass } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Field, Select } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./activity.module.css";
import { byDay, isArea } from "./byDay.ts";

const AREAS: readonly AuditArea[] = ["people", "map", "measure", "ask", "act", "share", "settings"];

/** What was changed, by whom, before and after; for owners. */
export function AuditList({ ws }: { ws: string }) {
  const { t, f, lang } = useLanguage();
  const [wish, setWish] = useState<AuditWish>({});
  const audit = useAudit(ws, wish, true);
  const pages = audit.data?.pages ?? [];
  const entries = pages.flatMap((page) => page.entries);
  const actors = pages[0]?.actors ?? [];
  const filtered = Object.keys(wish).length > 0;
  /** Without what says nothing: an empty wish is everything. */
  const choose = (next: { [K in keyof AuditWish]: AuditWish[K] | undefined }) =>
    setWish(Object.fromEntries(Object.entries({ ...wish, ...next }).filter(([, v]) => v)));
  return (
    <section className={styles.stack}>
      <div className={styles.head}>
        <div>
          <h2>{t("activity.record")}</h2>
          <p className="quiet">{t("activity.record.line")}</p>
        </div>
        <a className={buttonClass("outline")} href={auditFile(ws, lang, wish)} download>
          <Icon name="download" size={15} />
          {t("activity.record.csv")}
        </a>
      </div>
      <div className={styles.filters}>
        <Select
          label={t("activity.record.who")}
          value={wish.actor ?? ""}
          options={[
            { value: "", label: t("activity.record.anybody") },
            ...actors.map((one) => ({
              value: one.id,
              label: one.kind === "key" ? t("activity.record.key", { name: one.name }) : one.name,
            })),
          ]}
          onChange={(event) => choose({ actor: event.target.value || undefined })}
        />
        <Select
          label={t("activity.record.area")}
          value={wish.area ?? ""}
          options={[
            { value: "", label: t("activity.record.anything") },
            ...AREAS.map((one) => ({ value: one, label: t(`activity.area.${one}`) })),
          ]}
          onChange={(event) =>
            choose({ area: isArea(event.target.value) ? event.target.value : undefined })
          }
        />
        <Field
          label={t("activity.record.from")}
          type="date"
          value={wish.from ?? ""}
          onChange={(event) => choose({ from: event.target.value || undefined })}
        />
        <Field
          label={t("activity.record.to")}
          type="date"
          value={wish.to ?? ""}
          onChange={(event) => choose({ to: event.target.value || undefined })}
        />
        {filtered && (
          <Button kind="quiet" onClick={() => setWish({})}>
            {t("activity.record.all")}
          </Button>
        )}
      </div>
      {audit.error && <Failed error={audit.error} retry={() => void audit.refetch()} />}
      {audit.isPending && (
        <>
          <Loading />
          <Skeleton height={320} />
        </>
      )}
      {audit.data && entries.length === 0 && (
        <EmptyState
          title={t(filtered ? "activity.record.none" : "activity.record.empty")}
          line={t(filtered ? "activity.record.none.line" : "activity.record.empty.line")}
        />
      )}
      {byDay(entries).map(([day, list]) => (
        <section key={day}>
          <h3 className={styles.dayName}>{f.weekday(day)}</h3>
          <Card flush>
            <ul className={styles.entries}>
              {list.map((one) => (
                <Entry key={one.id} entry={one} />
              ))}
            </ul>
          </Card>
        </section>
      ))}
      {audit.hasNextPage && (
        <div>
          <Button disabled={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
            {t("activity.record.more")}
          </Button>
        </div>
      )}
    </section>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useLanguage();
  const at = new Date(entry.at);
  const two = (n: number) => String(n).padStart(2, "0");
  const who = entry.actor.name || t("activity.record.unknown");
  const head = (
    <>
      <time dateTime={entry.at} className={styles.clock}>
        {two(at.getHours())}:{two(at.getMinutes())}
      </time>
      <span aria-hidden="true" className={styles.face}>
        <Badge name={who} label={who} />
      </span>
      <span className={styles.deed}>
        <span className={styles.sub}>
          {entry.actor.kind === "key" ? t("activity.record.key", { name: who }) : who}
        </span>
        {entry.sentence}
        {entry.subject_name && <b> {t("activity.record.subject", { name: entry.subject_name })}</b>}
        {entry.law && <span className={styles.sub}>{entry.law}</span>}
      </span>
      <span className={styles.area}>{t(`activity.area.${entry.area}`)}</span>
    </>
  );
  const tells = entry.changes.length > 0 || !entry.read;
  if (!tells) return <li className={styles.entry}>{head}</li>;
  return (
    <li>
      <details className={styles.details}>
        <summary className={styles.entry}>{head}</summary>
        <div className={styles.changes}>
          {entry.changes.length > 0 && <Changes changes={entry.changes} />}
          {entry.more > 0 && <p className="quiet">{t("activity.record.cut", { n: entry.more })}</p>}
          {!entry.read && <p className="quiet">{t("activity.record.unread")}</p>}
          {entry.request && (
            <p className={`quiet ${styles.small}`}>
              {t("activity.record.request", { id: entry.request })}
            </p>
          )}
        </div>
      </details>
    </li>
  );
}

function Changes({ changes }: { changes: AuditChange[] }) {
  const { t } = useLanguage();
  const said = (value: string | null) =>
    value === "true" || value === "false" ? t(`activity.record.is.${value}`) : (value ?? "–");
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t("activity.record.field")}</th>
          <th scope="col">{t("activity.record.before")}</th>
          <th scope="col">{t("activity.record.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((one) => (
          <tr key={one.field}>
            <th scope="row">
              {one.name}
              {one.name !== one.field && <span className={styles.sub}>{one.field}</span>}
            </th>
            {one.hidden ? (
              <td colSpan={2} className="quiet">
                {t("activity.record.hidden")}
              </td>
            ) : (
              <>
                <td className={styles.before}>{said(one.before)}</td>
                <td>{said(one.after)}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
