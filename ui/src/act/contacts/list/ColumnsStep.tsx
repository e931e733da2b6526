import { useState } from "react";
import { useListPreview } from "../../../api/useContacts.ts";
import { useConditionChoices } from "../../../api/useSegments.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { Button } from "../../../kit/Button.tsx";
import { Card } from "../../../kit/Card.tsx";
import { Failed } from "../../../kit/EmptyState.tsx";
import { Notice } from "../../../kit/Notice.tsx";
import { Loading, Skeleton } from "../../../kit/Skeleton.tsx";
import styles from "../contacts.module.css";
import type { Chosen } from "./ImportList.tsx";
import { MEANINGS, propertyChoices, propertyOf, withColumn } from "./meanings.ts";

const ROWS = 6;
const PROBLEMS = 10;

interface ColumnsStepProps {
  ws: string;
  id: string;
  onNext: (chosen: Chosen) => void;
  onClose: () => void;
}

/** What each column means; what cannot be read is told with its row, before anything is kept. */
export function ColumnsStep({ ws, id, onNext, onClose }: ColumnsStepProps) {
  const { t, f } = useLanguage();
  const [own, setOwn] = useState<string[] | null>(null);
  const [leaveOut, setLeaveOut] = useState(false);
  const { data, error, refetch } = useListPreview(ws, id, own);
  const known = useConditionChoices(ws);
  if (error && !data)
    return (
      <>
        <Failed error={error} retry={() => void refetch()} />
        <div>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </div>
      </>
    );
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={320} />
      </>
    );
  const columns = own ?? data.columns;
  const called = (key: string | null) =>
    known.data?.properties.find((one) => one.key === key)?.label ?? key ?? "";
  return (
    <>
      <p>{t("contacts.list.columns", { n: f.count(data.count) })}</p>
      <Card flush>
        <div className={styles.scroll}>
          <table className={`${styles.table} ${styles.preview}`}>
            <thead>
              <tr>
                {data.header.map((name, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two columns may be called the same
                  <th key={i} scope="col">
                    {name || "—"}
                    <select
                      aria-label={t("contacts.list.column", { name: name || String(i + 1) })}
                      value={columns[i] ?? ""}
                      onChange={(event) => setOwn(withColumn(columns, i, event.target.value))}
                    >
                      <option value="">{t("contacts.list.skip")}</option>
                      {MEANINGS.map((one) => (
                        <option key={one} value={one}>
                          {t(`contacts.list.as.${one}`)}
                        </option>
                      ))}
                      {propertyChoices(name, columns[i] ?? "").map((one) => (
                        <option key={one} value={one}>
                          {t("contacts.list.as.property", { name: called(propertyOf(one)) })}
                        </option>
                      ))}
                    </select>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.slice(0, ROWS).map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no name
                <tr key={i}>
                  {row.map((cell, k) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells stand in their columns
                    <td key={k} className={columns[k] === "" ? "quiet" : ""}>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      {error && <Notice kind="bad">{error.message}</Notice>}
      {data.wrong > 0 && (
        <Notice kind="warn">
          <b>{t("contacts.list.wrong", { n: f.count(data.wrong) })}</b>
          <ul className={styles.problems}>
            {data.problems.slice(0, PROBLEMS).map((one) => (
              <li key={`${one.line}:${one.col}`}>
                {t("contacts.list.wrong.place", { line: one.line ?? 0 })} {one.message}
              </li>
            ))}
          </ul>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={leaveOut}
              onChange={(event) => setLeaveOut(event.target.checked)}
            />
            {t("contacts.list.leave")}
          </label>
        </Notice>
      )}
      <div className={styles.actions}>
        <Button
          kind="primary"
          disabled={data.good === 0 || Boolean(error) || (data.wrong > 0 && !leaveOut)}
          onClick={() => onNext({ columns, good: data.good, leaveOut })}
        >
          {t("contacts.list.next")}
        </Button>
        <Button onClick={onClose}>{t("kit.cancel")}</Button>
      </div>
    </>
  );
}
