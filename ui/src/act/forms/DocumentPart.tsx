import { useRef, useState } from "react";
import { useBringDocument, useFormDocuments } from "../../api/useFormDocuments.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Documents } from "./Documents.tsx";
import styles from "./forms.module.css";
import type { Draft } from "./useDraft.ts";

const TAKEN = ".pdf,.pptx,.xlsx,.docx";

/** What a form hands out to whoever sends it in: a file of ours, or an address. */
export function DocumentPart({ ws, id, draft }: { ws: string; id: string; draft: Draft }) {
  const { t, f } = useLanguage();
  const { definition: d, problems } = draft;
  const input = useRef<HTMLInputElement>(null);
  const [left, setLeft] = useState<number | null>(null);
  const documents = useFormDocuments(ws, id);
  const bring = useBringDocument(ws, id, setLeft);
  const chosen = documents.data?.documents.find((one) => one.id === d.document);
  const rest = documents.data?.documents.filter((one) => one.id !== d.document) ?? [];
  const { document: _, ...without } = d;
  return (
    <>
      <div className={styles.document}>
        <span className={styles.documentLabel}>{t("forms.document")}</span>
        {d.document ? (
          <p className={styles.documentName}>
            <b>{chosen?.name ?? t("forms.document.kept")}</b>
            {chosen && (
              <span className="quiet num">
                {f.joined({
                  number: Math.max(0.1, chosen.size / 1_048_576).toFixed(1),
                  unit: "MB",
                })}
              </span>
            )}
          </p>
        ) : (
          <p className="quiet">{t("forms.document.none")}</p>
        )}
        <div className={styles.documentTools}>
          <Button
            small
            icon="upload"
            disabled={bring.isPending}
            onClick={() => input.current?.click()}
          >
            {bring.isPending
              ? t("forms.document.busy", { percent: Math.round((left ?? 0) * 100) })
              : t(d.document ? "forms.document.replace" : "forms.document.upload")}
          </Button>
          {d.document && (
            <Button small kind="quiet" onClick={() => draft.change(without)}>
              {t("forms.document.leave")}
            </Button>
          )}
        </div>
        <p className={`quiet ${styles.documentHint}`}>{t("forms.document.hint")}</p>
        <input
          ref={input}
          type="file"
          hidden
          accept={TAKEN}
          aria-label={t("forms.document.upload")}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file)
              bring.mutate(file, {
                onSuccess: (made) => draft.change({ ...d, document: made.id }),
              });
          }}
        />
        {bring.error && <Notice kind="bad">{bring.error.message}</Notice>}
        {problems.document && (
          <p className="bad" role="alert">
            {problems.document}
          </p>
        )}
      </div>
      {rest.length > 0 && (
        <Documents
          ws={ws}
          id={id}
          documents={rest}
          onUse={(document) => draft.change({ ...d, document })}
        />
      )}
      {!d.document && (
        <Field
          label={t("forms.after.document")}
          optional
          hint={t("forms.after.document.hint")}
          inputMode="url"
          placeholder="https://"
          value={d.next ?? ""}
          error={problems.next}
          onChange={(event) => draft.change({ ...d, next: event.target.value.trim() })}
        />
      )}
    </>
  );
}
