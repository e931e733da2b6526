import { useEffect } from "react";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./forms.module.css";
import type { Draft } from "./useDraft.ts";

/** Stands at the foot while something is not saved; leaving the page asks. */
export function SaveBar({ draft, reload }: { draft: Draft; reload: () => Promise<unknown> }) {
  const { t } = useLanguage();
  const say = useToast();
  const { wrong } = draft;
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, []);
  async function save() {
    const saved = await draft.save();
    say({ text: t("forms.saved", { version: saved.version }) });
  }
  return (
    <div className={styles.saveBar}>
      <output className={wrong > 0 || draft.failed !== null ? "bad" : "quiet"}>
        {draft.late
          ? t("forms.conflict")
          : wrong > 0
            ? t("forms.save.wrong", { count: wrong })
            : draft.failed !== null
              ? draft.failed || t("kit.failed.offline")
              : t("forms.save.unsaved")}
      </output>
      {draft.late ? (
        <Button kind="primary" onClick={() => void reload()}>
          {t("forms.reload")}
        </Button>
      ) : (
        <Button kind="primary" disabled={draft.saving} onClick={() => void save().catch(() => {})}>
          {t("forms.save")}
        </Button>
      )}
      <Button onClick={draft.undo}>{t("forms.save.undo")}</Button>
    </div>
  );
}
