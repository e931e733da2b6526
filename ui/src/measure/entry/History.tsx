import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import { useEntryHistory, useUndoEntry } from "../../api/usePaths.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./entry.module.css";

const FIRST = 8;

/** Who typed in what; the newest of each number can be taken back. */
export function History({ ws }: { ws: string }) {
  const { t, f } = useLanguage();
  const say = useToast();
  const { data } = useEntryHistory(ws);
  const undo = useUndoEntry(ws);
  const [all, setAll] = useState(false);
  const changes = data?.changes ?? [];
  if (changes.length === 0) return null;
  const amount = (value: number | null, unit: string) =>
    value === null ? t("entry.nothing") : f.amount(value, unit);
  return (
    <section>
      <h3>{t("entry.history")}</h3>
      <ol className={styles.history}>
        {(all ? changes : changes.slice(0, FIRST)).map((one) => (
          <li key={one.id}>
            <span className={styles.what}>
              <b>
                {f.day(one.day)} {one.name}
              </b>
              <span>
                {t("entry.change", {
                  before: amount(one.before, one.unit),
                  after: amount(one.value, one.unit),
                })}
              </span>
              <span className="quiet">
                {f.facts([f.time(one.at), ...(one.by ? [one.by] : [])])}
              </span>
            </span>
            {one.newest && (
              <Button
                kind="text"
                small
                disabled={undo.isPending}
                aria-label={t("entry.undo.of", { name: `${f.day(one.day)} ${one.name}` })}
                onClick={() =>
                  undo.mutate(one.id, {
                    onSuccess: () => say({ text: t("entry.undone", { name: one.name }) }),
                    onError: (error) =>
                      say({
                        text: error instanceof ApiError ? error.message : t("kit.failed.offline"),
                      }),
                  })
                }
              >
                {t("entry.undo")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {changes.length > FIRST && !all && (
        <Button kind="text" small onClick={() => setAll(true)}>
          {t("entry.history.all", { count: changes.length })}
        </Button>
      )}
    </section>
  );
}
