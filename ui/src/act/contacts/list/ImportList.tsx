import { useEffect, useState } from "react";
import { type ListImportReply, stageList } from "../../../api/useContacts.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { Button } from "../../../kit/Button.tsx";
import { Card } from "../../../kit/Card.tsx";
import { DropZone } from "../../../kit/DropZone.tsx";
import { Notice } from "../../../kit/Notice.tsx";
import { Steps } from "../../../kit/Steps.tsx";
import { useFocusOnChange } from "../../../kit/useFocusOnChange.ts";
import styles from "../contacts.module.css";
import { ColumnsStep } from "./ColumnsStep.tsx";
import { GroundStep } from "./GroundStep.tsx";
import { ReportStep } from "./ReportStep.tsx";

interface ImportListProps {
  ws: string;
  onClose: () => void;
}

/** What was chosen for a list so far. */
export interface Chosen {
  columns: string[];
  good: number;
  leaveOut: boolean;
}

/** A list of people: sent, its columns named, the ground asked for, brought in. Nothing is kept before. */
export function ImportList({ ws, onClose }: ImportListProps) {
  const { t, f } = useLanguage();
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [upload, setUpload] = useState("");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [reply, setReply] = useState<ListImportReply | null>(null);
  useEffect(() => {
    if (!file) return;
    const control = new AbortController();
    setError(null);
    setSent(0);
    stageList(ws, file, setSent, control.signal).then(setUpload, (why) => {
      if (!control.signal.aborted) setError(why);
    });
    return () => control.abort();
  }, [ws, file]);
  const at = reply ? 3 : chosen ? 2 : upload ? 1 : 0;
  const place = useFocusOnChange<HTMLDivElement>(String(at));
  return (
    <div className={styles.page} ref={place} tabIndex={-1}>
      <h2>{t("contacts.list.title")}</h2>
      <Steps
        label={t("contacts.list.steps")}
        current={at}
        steps={[
          t("contacts.list.step.file"),
          t("contacts.list.step.columns"),
          t("contacts.list.step.basis"),
          t("contacts.list.step.report"),
        ]}
        onBack={at === 2 ? (step) => (step === 0 ? onClose() : setChosen(null)) : undefined}
      />
      {at === 0 && (
        <Card className={styles.stack}>
          {error !== null && (
            <Notice kind="bad">
              {error instanceof Error ? error.message : t("kit.failed.offline")}
            </Notice>
          )}
          {file && error === null ? (
            <output>
              {t("contacts.list.sending", { name: file.name, percent: f.percent(sent) })}
            </output>
          ) : (
            <DropZone
              title={t("contacts.list.drop")}
              button={t("contacts.list.choose")}
              line={t("contacts.list.kinds")}
              accept=".csv,.tsv,.txt,.xlsx"
              onFiles={([file]) => file && setFile(file)}
            />
          )}
          <div>
            <Button onClick={onClose}>{t("kit.cancel")}</Button>
          </div>
        </Card>
      )}
      {at === 1 && <ColumnsStep ws={ws} id={upload} onNext={setChosen} onClose={onClose} />}
      {chosen && !reply && (
        <GroundStep
          ws={ws}
          id={upload}
          chosen={chosen}
          onBack={() => setChosen(null)}
          onDone={setReply}
        />
      )}
      {reply && <ReportStep reply={reply} onClose={onClose} />}
    </div>
  );
}
