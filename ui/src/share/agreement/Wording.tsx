import { useState } from "react";
import type { AgreementReply, useChangeAgreement } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Badge } from "../../kit/Badge.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { TextField } from "../../kit/Field.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./agreement.module.css";

interface WordingProps {
  reply: AgreementReply;
  wording: NonNullable<AgreementReply["wording"]>;
  change: ReturnType<typeof useChangeAgreement>;
}

/** The words to sign, and who has. */
export function Wording({ reply, wording, change }: WordingProps) {
  const { t, f } = useLanguage();
  const [leaving, setLeaving] = useState(false);
  const { you } = reply;
  const canSign = wording.current && you.id !== "" && !you.signed;
  return (
    <Card lifted className={styles.wording ?? ""} aria-label={t("agreement.wording")}>
      <div className={styles.head}>
        <h3>{t("agreement.wording")}</h3>
        <span className={styles.aside}>
          {t("agreement.wording.by", {
            version: wording.version,
            day: f.longDay(wording.on),
            by: wording.by,
          })}
        </span>
      </div>
      {!wording.current && <Notice kind="warn">{t("agreement.wording.old")}</Notice>}
      <blockquote className={styles.text}>{wording.text}</blockquote>
      <ul className={styles.people} aria-label={t("agreement.signatures")}>
        {wording.people.map((one) => (
          <li key={one.id || one.name}>
            <Badge name={one.name} label={one.name} large />
            <span>
              <b>{one.name}</b>
              <span className={styles.faint}>{one.department}</span>
            </span>
            <span className={one.done ? styles.signed : styles.waiting}>
              <Mark status={one.done ? "met" : "too-early"} size={14} silent />
              {one.done && one.on
                ? t("agreement.signedOn", { day: f.day(one.on) })
                : t("agreement.waiting")}
            </span>
          </li>
        ))}
      </ul>
      {(canSign || you.signed) && (
        <div className={styles.buttons}>
          {canSign && (
            <Button
              kind="primary"
              icon="check"
              disabled={change.sign.isPending}
              onClick={() => change.sign.mutate(wording.number)}
            >
              {t("agreement.sign")}
            </Button>
          )}
          {you.signed && (
            <Button kind="quiet" onClick={() => setLeaving(true)}>
              {t("agreement.withdraw")}
            </Button>
          )}
          {canSign && <span className={styles.aside}>{t("agreement.sign.means")}</span>}
        </div>
      )}
      {change.sign.error && <Notice kind="bad">{change.sign.error.message}</Notice>}
      {leaving && (
        <Withdraw number={wording.number} change={change} onClose={() => setLeaving(false)} />
      )}
    </Card>
  );
}

function Withdraw({
  number,
  change,
  onClose,
}: {
  number: number;
  change: WordingProps["change"];
  onClose: () => void;
}) {
  const { t } = useLanguage();
  const [why, setWhy] = useState("");
  const { withdraw } = change;
  return (
    <Dialog
      title={t("agreement.withdraw.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            disabled={why.trim() === "" || withdraw.isPending}
            onClick={() => withdraw.mutate({ number, why }, { onSuccess: onClose })}
          >
            {t("agreement.withdraw.do")}
          </Button>
          <Button onClick={onClose}>{t("agreement.cancel")}</Button>
        </>
      }
    >
      <TextField
        label={t("agreement.withdraw.why")}
        hint={t("agreement.withdraw.hint")}
        value={why}
        maxLength={500}
        onChange={(event) => setWhy(event.target.value)}
      />
      {withdraw.error && <Notice kind="bad">{withdraw.error.message}</Notice>}
    </Dialog>
  );
}
