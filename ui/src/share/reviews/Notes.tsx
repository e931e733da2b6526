import { useState } from "react";
import { useMembers } from "../../api/useMembers.ts";
import { type ReviewPage, useMinutes } from "../../api/useReviews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./minutes.module.css";

/** Who was there and what else was said; where the review ends. */
export function Notes({ ws, page }: { ws: string; page: ReviewPage }) {
  const { t } = useLanguage();
  if (page.state === "held" && page.may_decide) return <Writing ws={ws} page={page} />;
  if (!page.note) return null;
  return (
    <section className={styles.part}>
      <h3>{t("reviews.note")}</h3>
      <p className={styles.text}>{page.note}</p>
    </section>
  );
}

function Writing({ ws, page }: { ws: string; page: ReviewPage }) {
  const { t } = useLanguage();
  const say = useToast();
  const { write, settling } = useMinutes(ws, page.id);
  const members = useMembers(ws);
  const [note, setNote] = useState(page.note);
  const [present, setPresent] = useState(page.present);
  const known = members.data?.members ?? [];
  const others = present.filter((one) => !known.some(({ id }) => id === one.id));
  const open = page.items.filter((one) => !one.decision).length;
  const save = (close: boolean) =>
    write.mutate(
      { base_version: page.version, present, note, ...(close ? { close } : {}) },
      { onSuccess: () => say({ text: t(close ? "reviews.ended" : "reviews.noted") }) },
    );
  return (
    <section className={styles.part}>
      <h3>{t("reviews.note")}</h3>
      <fieldset className={styles.present}>
        <legend>{t("reviews.fact.present")}</legend>
        {[...known, ...others].map((one) => (
          <label key={one.id || one.name}>
            <input
              type="checkbox"
              checked={present.some(({ id, name }) => (id ? id === one.id : name === one.name))}
              onChange={(event) =>
                setPresent((old) =>
                  event.target.checked
                    ? [...old, { id: one.id, name: one.name }]
                    : old.filter(({ id, name }) => (id ? id !== one.id : name !== one.name)),
                )
              }
            />
            {one.name}
          </label>
        ))}
      </fieldset>
      <TextField
        label={t("reviews.note.label")}
        optional
        rows={4}
        value={note}
        maxLength={4000}
        onChange={(event) => setNote(event.target.value)}
      />
      {write.error && <Notice kind="bad">{write.error.message}</Notice>}
      {open > 0 && <p className={styles.line}>{t("reviews.open", { count: open })}</p>}
      <div className={styles.acts}>
        <Button kind="primary" disabled={write.isPending || settling} onClick={() => save(true)}>
          {t("reviews.end")}
        </Button>
        <Button disabled={write.isPending} onClick={() => save(false)}>
          {t("reviews.note.save")}
        </Button>
      </div>
    </section>
  );
}
