import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import { type NewConsent, useContactActs } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, TextField } from "../../kit/Field.tsx";
import styles from "./contacts.module.css";
import { dayAndTime } from "./when.ts";

export const BASES = ["agreed", "paper", "dealing", "published"] as const;
type Ground = (typeof BASES)[number] | "refusal";

interface ConsentDialogProps {
  ws: string;
  id: string;
  address: string;
  onClose: () => void;
}

/** Records on what ground mail may be sent, or that it may not. Nothing can be changed afterwards. */
export function ConsentDialog({ ws, id, address, onClose }: ConsentDialogProps) {
  const { t } = useLanguage();
  const { consent } = useContactActs(ws, id);
  const today = dayAndTime(Date.now()).day;
  const [ground, setGround] = useState<Ground | null>(null);
  const [form, setForm] = useState({ topic: "", on: today, source: "", text: "", noAds: false });
  const put = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  function send() {
    if (!ground) return;
    const at = form.on === today ? 0 : new Date(`${form.on}T00:00`).getTime();
    const body: NewConsent & { address: string } = {
      address,
      state: ground === "refusal" ? "refused" : "granted",
      ...(ground === "refusal" ? {} : { basis: ground }),
      ...(form.topic.trim() ? { topic: form.topic.trim() } : {}),
      ...(at > 0 ? { at } : {}),
      ...(form.source.trim() ? { source: form.source.trim() } : {}),
      ...(form.text.trim() ? { text: form.text } : {}),
      ...(ground === "published" && form.noAds ? { no_ads: true } : {}),
    };
    consent.mutate(body, { onSuccess: onClose });
  }
  return (
    <Dialog
      wide
      title={t("contacts.consent.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            type="submit"
            form="consent"
            disabled={!ground || consent.isPending}
          >
            {t("contacts.consent.do")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form
        id="consent"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>
          {address}
          <span className={styles.sub}>{t("contacts.consent.line")}</span>
        </p>
        <Choices<Ground>
          legend={t("contacts.consent.basis")}
          value={ground}
          onChange={setGround}
          least={220}
          options={[
            ...BASES.map((value) => ({
              value: value as Ground,
              title: t(`contacts.basis.${value}`),
              line: t(`contacts.basis.${value}.line`),
            })),
            {
              value: "refusal" as const,
              title: t("contacts.consent.refusal"),
              line: t("contacts.consent.refusal.line"),
            },
          ]}
        />
        <div className={styles.two}>
          <Field
            label={t("contacts.consent.topic")}
            optional
            hint={t("contacts.consent.topic.hint")}
            value={form.topic}
            maxLength={100}
            onChange={(event) => put({ topic: event.target.value })}
          />
          <Field
            label={t("contacts.consent.on")}
            type="date"
            max={today}
            required
            value={form.on}
            error={problemAt(consent.error, "body.at")}
            onChange={(event) => put({ on: event.target.value })}
          />
        </div>
        <Field
          label={t("contacts.consent.source")}
          hint={t("contacts.consent.source.hint")}
          value={form.source}
          maxLength={2000}
          onChange={(event) => put({ source: event.target.value })}
        />
        {ground === "agreed" && (
          <TextField
            label={t("contacts.consent.text")}
            value={form.text}
            maxLength={6000}
            onChange={(event) => put({ text: event.target.value })}
          />
        )}
        {ground === "published" && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={form.noAds}
              onChange={(event) => put({ noAds: event.target.checked })}
            />
            {t("contacts.consent.noads")}
          </label>
        )}
        {consent.error && (
          <p className="bad" role="alert">
            {problemAt(consent.error, "body.basis") ?? consent.error.message}
          </p>
        )}
      </form>
    </Dialog>
  );
}
