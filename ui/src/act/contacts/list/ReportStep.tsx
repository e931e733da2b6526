import type { ListImportReply } from "../../../api/useContacts.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { Button } from "../../../kit/Button.tsx";
import { Card } from "../../../kit/Card.tsx";
import styles from "../contacts.module.css";

/** What came in, and who was left out and why. */
export function ReportStep({ reply, onClose }: { reply: ListImportReply; onClose: () => void }) {
  const { t, f } = useLanguage();
  const figures = [
    ["contacts.list.created", reply.created, true],
    ["contacts.list.changed", reply.changed, true],
    ["contacts.list.same", reply.same, true],
    ["contacts.list.merged", reply.merged, false],
    ["contacts.list.left", reply.wrong, false],
    ["contacts.list.erased", reply.erased, false],
    ["contacts.list.stopped", reply.stopped, false],
  ] as const;
  return (
    <Card className={styles.form}>
      <h3 aria-live="polite">
        {t("contacts.list.done", { n: f.count(reply.rows - reply.wrong - reply.erased) })}
      </h3>
      <dl className={styles.figures}>
        {figures
          .filter(([, n, always]) => always || n > 0)
          .map(([key, n]) => (
            <div key={key}>
              <dt>{t(key)}</dt>
              <dd>
                {f.count(n)}
                <small>{t("contacts.list.unit")}</small>
              </dd>
            </div>
          ))}
      </dl>
      <div>
        <Button kind="primary" onClick={onClose}>
          {t("contacts.list.show")}
        </Button>
      </div>
    </Card>
  );
}
