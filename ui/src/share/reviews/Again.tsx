import { useState } from "react";
import { type ReviewPage, useMinutes } from "../../api/useReviews.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./minutes.module.css";

/** Opens a review again that is over; the reason stays in its minutes. */
export function Again({ ws, page }: { ws: string; page: ReviewPage }) {
  const { t } = useLanguage();
  const [asking, setAsking] = useState(false);
  if (!page.may_reopen) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("reviews.again")}</Button>
      {asking && <Ask ws={ws} page={page} onClose={() => setAsking(false)} />}
    </>
  );
}

function Ask({ ws, page, onClose }: { ws: string; page: ReviewPage; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const { reopen } = useMinutes(ws, page.id);
  const [why, setWhy] = useState("");
  return (
    <Dialog
      title={t("reviews.again.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={reopen.isPending || !why.trim()}
            onClick={() =>
              reopen.mutate(
                { base_version: page.version, why: why.trim() },
                {
                  onSuccess: () => {
                    say({ text: t("reviews.again.done") });
                    onClose();
                  },
                },
              )
            }
          >
            {t("reviews.again")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p className={styles.told}>{t("reviews.again.line")}</p>
      <TextField
        label={t("reviews.skip.why")}
        rows={2}
        value={why}
        maxLength={1000}
        placeholder={t("reviews.again.example")}
        onChange={(event) => setWhy(event.target.value)}
      />
      {reopen.error && <Notice kind="bad">{reopen.error.message}</Notice>}
    </Dialog>
  );
}

/** Who opened it again, and why. */
export function Reopened({ page }: { page: ReviewPage }) {
  const { t, f } = useLanguage();
  if (page.reopened.length === 0) return null;
  return (
    <section className={styles.part}>
      <h3>{t("reviews.reopened")}</h3>
      {page.reopened.map((one) => (
        <p key={`${one.on} ${one.why}`} className={styles.text}>
          {t("reviews.reopened.by", { day: f.longDay(one.on), name: one.by })} {one.why}
        </p>
      ))}
    </section>
  );
}
