import { useState } from "react";
import {
  type AgreementReply,
  type AgreementSaid,
  type useChangeAgreement,
  useReadWords,
} from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Badge } from "../../kit/Badge.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, TextField } from "../../kit/Field.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import styles from "./agreement.module.css";

interface SayFormProps {
  ws: string;
  reply: AgreementReply;
  change: ReturnType<typeof useChangeAgreement>;
  /** In a sheet, for somebody without an account whose words were heard. */
  heard?: boolean;
  /** There is something to go back to. */
  onDone?: () => void;
}

const nothing: AgreementSaid = { amount: "", deadline: "", purpose: "", meaning: "" };

/** The goal in one's own words, read while they are typed. */
export function SayForm({ ws, reply, change, heard = false, onDone }: SayFormProps) {
  const { t } = useLanguage();
  const [said, setSaid] = useState<AgreementSaid>((!heard && reply.you.said) || nothing);
  const [who, setWho] = useState({ name: "", department: "" });
  const read = useReadWords(ws, useSettled(said));
  const hint = (field: keyof AgreementSaid) =>
    said[field].trim() === ""
      ? t(`agreement.${field}.hint`)
      : read.data?.hints.find((one) => one.field === field)?.text;
  const set = (field: keyof AgreementSaid) => (event: { target: { value: string } }) =>
    setSaid({ ...said, [field]: event.target.value });
  const empty = Object.values(said).every((one) => one.trim() === "");
  const send = () =>
    change.say.mutate(heard ? { ...said, for: who } : said, { onSuccess: () => onDone?.() });
  const fields = (
    <>
      {heard && (
        <div className={styles.pair}>
          <Field
            label={t("agreement.who")}
            value={who.name}
            maxLength={100}
            onChange={(event) => setWho({ ...who, name: event.target.value })}
          />
          <Field
            label={t("agreement.department")}
            optional
            value={who.department}
            maxLength={100}
            onChange={(event) => setWho({ ...who, department: event.target.value })}
          />
        </div>
      )}
      <div className={styles.pair}>
        <Field
          label={t("agreement.amount")}
          hint={hint("amount")}
          value={said.amount}
          maxLength={120}
          onChange={set("amount")}
        />
        <Field
          label={t("agreement.deadline")}
          hint={hint("deadline")}
          value={said.deadline}
          maxLength={120}
          onChange={set("deadline")}
        />
      </div>
      <Field
        label={t("agreement.purpose")}
        hint={hint("purpose")}
        value={said.purpose}
        maxLength={300}
        onChange={set("purpose")}
      />
      <TextField
        label={t("agreement.meaning")}
        hint={hint("meaning")}
        value={said.meaning}
        rows={2}
        maxLength={500}
        onChange={set("meaning")}
      />
      <p className={styles.read} aria-live="polite">
        {!empty && read.data?.sentence && (
          <>
            <Icon name="check" size={14} />
            {read.data.sentence}
          </>
        )}
      </p>
      {change.say.error && <Notice kind="bad">{change.say.error.message}</Notice>}
    </>
  );
  const buttons = (
    <>
      <Button
        kind="primary"
        disabled={empty || change.say.isPending || (heard && who.name.trim() === "")}
        onClick={send}
      >
        {t(heard ? "agreement.say.heard" : "agreement.say")}
      </Button>
      {onDone && <Button onClick={onDone}>{t("agreement.cancel")}</Button>}
    </>
  );
  if (heard)
    return (
      <Dialog
        title={t("agreement.heard.title")}
        onClose={onDone ?? (() => {})}
        actions={buttons}
        wide
      >
        <div className={styles.fields}>{fields}</div>
      </Dialog>
    );
  return (
    <div className={styles.two}>
      <Card className={styles.fields ?? ""}>
        <h3>{t("agreement.yours", { name: reply.goal.name })}</h3>
        {fields}
        <div className={styles.buttons}>{buttons}</div>
      </Card>
      {!reply.you.spoken && <Others reply={reply} />}
    </div>
  );
}

/** Who has spoken already; what they said is kept back. */
function Others({ reply }: { reply: AgreementReply }) {
  const { t } = useLanguage();
  const others = reply.spoken.filter((one) => one.id === "" || one.id !== reply.you.id);
  return (
    <aside className={styles.others}>
      <h3>{t("agreement.others")}</h3>
      <p className={styles.withIcon}>
        <Icon name="eye" size={16} />
        {t("agreement.blind")}
      </p>
      {others.length === 0 ? (
        <p className="quiet">{t("agreement.others.none")}</p>
      ) : (
        <ul className={styles.names}>
          {others.map((one) => (
            <li key={one.id || one.name}>
              <Badge name={one.name} label={one.name} large />
              <span>
                {one.name}
                <span className={styles.faint}>{one.department}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}
