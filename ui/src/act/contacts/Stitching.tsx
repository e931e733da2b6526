import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import { usePutStitching, useStitching } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Field } from "../../kit/Field.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import styles from "./contacts.module.css";

/** Whether what people did before they were known may be tied to them, with what the law asks. */
export function Stitching({ ws, manage }: { ws: string; manage: boolean }) {
  const { t } = useLanguage();
  const now = useStitching(ws);
  const put = usePutStitching(ws);
  const [notice, setNotice] = useState<string | null>(null);
  if (now.error) return <Failed error={now.error} retry={() => void now.refetch()} />;
  if (!now.data)
    return (
      <>
        <Loading />
        <Skeleton height={220} />
      </>
    );
  const { allowed, notice: kept } = now.data;
  const text = notice ?? kept;
  return (
    <Card className={styles.stack} aria-label={t("contacts.stitch.title")}>
      <h3>{t("contacts.stitch.title")}</h3>
      <p>{t("contacts.stitch.line")}</p>
      <p className={styles.law}>{t("contacts.stitch.law")}</p>
      <p aria-live="polite">
        <b className={allowed ? "good" : ""}>
          {allowed ? t("contacts.stitch.on", { notice: kept }) : t("contacts.stitch.off")}
        </b>
      </p>
      {manage ? (
        <form
          className={styles.inline}
          onSubmit={(event) => {
            event.preventDefault();
            put.mutate(
              allowed ? { allowed: false, notice: kept } : { allowed: true, notice: text },
            );
          }}
        >
          {!allowed && (
            <Field
              label={t("contacts.stitch.notice")}
              hint={t("contacts.stitch.notice.hint")}
              error={problemAt(put.error, "body.notice") ?? put.error?.message}
              value={text}
              maxLength={100}
              onChange={(event) => setNotice(event.target.value)}
            />
          )}
          <Button kind={allowed ? "outline" : "primary"} type="submit" disabled={put.isPending}>
            {t(allowed ? "contacts.stitch.forbid" : "contacts.stitch.allow")}
          </Button>
        </form>
      ) : (
        <p className="quiet">{t("contacts.stitch.owner")}</p>
      )}
    </Card>
  );
}
