import type { ModelVersion } from "../../api/types.ts";
import { useCompare } from "../../api/useVersions.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import { Failed } from "../../kit/EmptyState.tsx";
import { Select } from "../../kit/Field.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./model.module.css";

interface ComparisonProps {
  ws: string;
  versions: ModelVersion[];
  pair: { old: number; new: number } | null;
  onPair: (pair: { old: number; new: number }) => void;
}

/** Two versions, and what lies between them as sentences. */
export function Comparison({ ws, versions, pair, onPair }: ComparisonProps) {
  const { t } = useLanguage();
  const { data, error, refetch } = useCompare(ws, pair);
  const options = versions.map((one) => ({
    value: String(one.version),
    label: `${t("versions.version", { version: one.version })}${one.note ? ` — ${one.note}` : ""}`,
  }));
  return (
    <Card>
      <h2 style={{ fontSize: 16 }}>{t("versions.compare")}</h2>
      {!pair && <p className="quiet">{t("versions.compare.one")}</p>}
      {pair && (
        <>
          <div className={styles.pair}>
            <Select
              label={t("versions.compare.old")}
              value={pair.old}
              options={options}
              onChange={(event) => onPair({ ...pair, old: Number(event.target.value) })}
            />
            <Select
              label={t("versions.compare.new")}
              value={pair.new}
              options={options}
              onChange={(event) => onPair({ ...pair, new: Number(event.target.value) })}
            />
          </div>
          {error && <Failed error={error} retry={() => void refetch()} />}
          {!data && !error && <Skeleton height={96} />}
          {data && (
            <>
              <p className="quiet" aria-live="polite">
                {data.changes.length > 0
                  ? t("versions.compare.count", { count: data.changes.length })
                  : t("versions.compare.none")}
              </p>
              <ul>
                {data.changes.map((change) => (
                  <li
                    key={`${change.what} ${change.indicator} ${change.field} ${change.sentence}`}
                    className={styles.change}
                  >
                    <span className={classes(styles.kind, styles[change.kind])}>
                      {t(`versions.kind.${change.kind}`)}
                    </span>
                    <span>{change.sentence}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Card>
  );
}
