import { type FormDocument, useDropDocument } from "../../api/useFormDocuments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button, IconButton } from "../../kit/Button.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./forms.module.css";

interface DocumentsProps {
  ws: string;
  id: string;
  /** Those that were brought in and are not chosen. */
  documents: FormDocument[];
  onUse: (document: string) => void;
}

/** The files a form has beside the one it hands out: taken instead, or deleted. */
export function Documents({ ws, id, documents, onUse }: DocumentsProps) {
  const { t, f } = useLanguage();
  const drop = useDropDocument(ws, id);
  return (
    <div className={styles.others}>
      <span className={styles.documentLabel}>{t("forms.document.others")}</span>
      <ul>
        {documents.map((one) => (
          <li key={one.id}>
            <span className={styles.documentName}>
              <span>{one.name}</span>
              <span className="quiet num">
                {f.facts([
                  f.amount(Math.max(0.1, Math.round(one.size / 104_858) / 10), "MB"),
                  one.by,
                  f.time(new Date(one.created_at).toISOString()),
                ])}
              </span>
            </span>
            <Button small onClick={() => onUse(one.id)}>
              {t("forms.document.use")}
            </Button>
            {!one.in_use && (
              <IconButton
                icon="trash"
                bare
                label={t("forms.document.drop", { name: one.name })}
                disabled={drop.isPending}
                onClick={() => drop.mutate(one.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {drop.error && <Notice kind="bad">{drop.error.message}</Notice>}
    </div>
  );
}
