import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import { type Tag, usePutTags, useTags } from "../../api/useLaw.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./duties.module.css";

const EMPTY: Tag = { name: "", recipient: "", sends: "", purpose: "", theirs: "" };
const FIELDS = ["name", "recipient", "sends", "purpose", "theirs", "policy", "opt_out"] as const;

/** The other tags of the websites, and the notice made of all of them. */
export function Tags({ ws, manage }: { ws: string; manage: boolean }) {
  const { t, f } = useLanguage();
  const say = useToast();
  const kept = useTags(ws);
  const put = usePutTags(ws);
  const [open, setOpen] = useState<{ n: number; tag: Tag } | null>(null);
  if (kept.error) return <Failed error={kept.error} retry={() => void kept.refetch()} />;
  if (!kept.data) return <Skeleton height={180} />;
  const { tags, html } = kept.data;
  const close = () => {
    put.reset();
    setOpen(null);
  };
  return (
    <Card aria-label={t("duties.tags")} className={styles.stack}>
      <div className={styles.between}>
        <h2 className={styles.h2}>{t("duties.tags")}</h2>
        <div className={styles.buttons}>
          <Button
            small
            kind="quiet"
            icon="copy"
            onClick={() =>
              navigator.clipboard?.writeText(html).then(() => say({ text: t("duties.copied") }))
            }
          >
            {t("duties.tags.copy")}
          </Button>
          {manage && (
            <Button small icon="plus" onClick={() => setOpen({ n: tags.length, tag: EMPTY })}>
              {t("duties.tags.add")}
            </Button>
          )}
        </div>
      </div>
      <p className={styles.small}>{t("duties.tags.line")}</p>
      {tags.length === 0 ? (
        <p className="quiet">{t("duties.tags.none")}</p>
      ) : (
        <ul className={styles.rows}>
          {tags.map((tag, n) => (
            <li key={tag.name}>
              <div>
                <b>{tag.name}</b>
                <p className={styles.small}>{f.facts([tag.recipient, tag.sends, tag.purpose])}</p>
              </div>
              {manage && (
                <div className={styles.buttons}>
                  <Button small icon="edit" onClick={() => setOpen({ n, tag })}>
                    {t("duties.edit")}
                  </Button>
                  <Button
                    small
                    kind="quiet"
                    disabled={put.isPending}
                    onClick={() => put.mutate(tags.filter((_, i) => i !== n))}
                  >
                    {t("duties.drop")}
                  </Button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {open && (
        <Dialog
          title={t("duties.tags.form")}
          onClose={close}
          actions={
            <>
              <Button kind="primary" type="submit" form="tag" disabled={put.isPending}>
                {t("duties.form.keep")}
              </Button>
              <Button onClick={close}>{t("kit.cancel")}</Button>
            </>
          }
        >
          <form
            id="tag"
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              const next = [...tags];
              next[open.n] = open.tag;
              put.mutate(next, { onSuccess: close });
            }}
          >
            {FIELDS.map((field) => (
              <Field
                key={field}
                label={t(`duties.tag.${field}`)}
                optional={field === "policy" || field === "opt_out"}
                required={field !== "policy" && field !== "opt_out"}
                maxLength={field === "name" ? 100 : 1000}
                value={open.tag[field] ?? ""}
                error={problemAt(put.error, `body.tags[${open.n}].${field}`)}
                onChange={(event) =>
                  setOpen({ ...open, tag: { ...open.tag, [field]: event.target.value } })
                }
              />
            ))}
            {put.error &&
              !FIELDS.some((field) => problemAt(put.error, `body.tags[${open.n}].${field}`)) && (
                <Notice kind="bad">{put.error.message}</Notice>
              )}
          </form>
        </Dialog>
      )}
    </Card>
  );
}
