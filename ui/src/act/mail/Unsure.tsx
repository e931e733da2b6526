import { useState } from "react";
import { useDecide, useUnsure } from "../../api/useMail.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./mail.module.css";

interface UnsureProps {
  ws: string;
  id: string;
  count: number;
  /** Whoever looks may decide. */
  decide: boolean;
}

/** Mails of which nobody knows whether they arrived: a person decides, the program never. */
export function Unsure({ ws, id, count, decide }: UnsureProps) {
  const { t, f } = useLanguage();
  const list = useUnsure(ws, id, true);
  const answer = useDecide(ws);
  const [chosen, setChosen] = useState<string[]>([]);
  const mails = list.data?.mails ?? [];
  const all = mails.length > 0 && chosen.length === mails.length;
  const act = (send: boolean) =>
    answer.mutate({ ids: chosen, send }, { onSettled: () => setChosen([]) });
  return (
    <Card className={styles.tight}>
      <h2 className={styles.h2}>{t("mail.unsure", { count: f.count(count) })}</h2>
      <p className={styles.small}>{t("mail.unsure.line")}</p>
      {answer.error && <Notice kind="bad">{answer.error.message}</Notice>}
      <ul className={styles.rows}>
        {decide && mails.length > 1 && (
          <li>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={all}
                onChange={() => setChosen(all ? [] : mails.map((one) => one.id))}
              />
              {t("mail.unsure.all")}
            </label>
          </li>
        )}
        {mails.map((one) => (
          <li key={one.id} className={styles.check}>
            {decide && (
              <input
                id={`unsure-${one.id}`}
                type="checkbox"
                checked={chosen.includes(one.id)}
                onChange={(e) =>
                  setChosen(
                    e.target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id),
                  )
                }
              />
            )}
            <label htmlFor={`unsure-${one.id}`} className={styles.grow}>
              {one.name || one.address || t("mail.unsure.erased")}{" "}
              <small className="quiet">
                {f.facts([one.address, f.time(one.at)].filter(Boolean))}
              </small>
            </label>
          </li>
        ))}
      </ul>
      {decide && (
        <div className={styles.buttons}>
          <Button disabled={chosen.length === 0 || answer.isPending} onClick={() => act(false)}>
            {t("mail.unsure.leave")}
          </Button>
          <Button
            kind="quiet"
            disabled={chosen.length === 0 || answer.isPending}
            onClick={() => act(true)}
          >
            {t("mail.unsure.send")}
          </Button>
        </div>
      )}
    </Card>
  );
}
