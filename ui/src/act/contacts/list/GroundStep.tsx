import { useState } from "react";
import { problemAt } from "../../../api/client.ts";
import { type ListImport, type ListImportReply, useImportList } from "../../../api/useContacts.ts";
import { useRecipients } from "../../../api/useLaw.ts";
import { useLanguage } from "../../../i18n/LanguageProvider.tsx";
import { Button } from "../../../kit/Button.tsx";
import { Card } from "../../../kit/Card.tsx";
import { Choices } from "../../../kit/Choices.tsx";
import { Field, Select, TextField } from "../../../kit/Field.tsx";
import { Notice } from "../../../kit/Notice.tsx";
import { BASES } from "../ConsentDialog.tsx";
import styles from "../contacts.module.css";
import { dayAndTime } from "../when.ts";
import type { Chosen } from "./ImportList.tsx";
import { tagsOf } from "./meanings.ts";

type Ground = ListImport["basis"];

interface GroundStepProps {
  ws: string;
  id: string;
  chosen: Chosen;
  onBack: () => void;
  onDone: (reply: ListImportReply) => void;
}

/** On what ground they may be sent advertising: nothing is chosen for anybody. */
export function GroundStep({ ws, id, chosen, onBack, onDone }: GroundStepProps) {
  const { t, f } = useLanguage();
  const bring = useImportList(ws, id);
  const today = dayAndTime(Date.now()).day;
  const [basis, setBasis] = useState<Ground | null>(null);
  const [form, setForm] = useState({
    source: "",
    text: "",
    on: today,
    topic: "",
    tags: "",
    provider: "",
    numbered: false,
  });
  const givers = useRecipients(ws).data?.recipients.filter((one) => one.receives) ?? [];
  const put = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const at = (place: string) => problemAt(bring.error, place);
  const placed = ["source", "text", "on", "tags", "provider"].some((place) => at(`body.${place}`));
  return (
    <form
      className={styles.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (!basis) return;
        const tags = tagsOf(form.tags);
        bring.mutate(
          {
            columns: chosen.columns,
            basis,
            source: form.source.trim(),
            ...(chosen.leaveOut ? { leave_out: true } : {}),
            ...(basis === "agreed" ? { text: form.text } : {}),
            ...(form.on && form.on !== today ? { on: form.on } : {}),
            ...(form.topic.trim() && basis !== "none" ? { topic: form.topic.trim() } : {}),
            ...(tags.length > 0 ? { tags } : {}),
            ...(form.provider ? { provider: form.provider } : {}),
            ...(form.numbered ? { numbered: true } : {}),
          },
          { onSuccess: onDone },
        );
      }}
    >
      <Card className={styles.form}>
        <div>
          <h3>{t("contacts.list.ask")}</h3>
          <p className={styles.sub}>{t("contacts.list.law")}</p>
        </div>
        <Choices<Ground>
          legend={t("contacts.list.ask")}
          silentLegend
          value={basis}
          onChange={setBasis}
          least={220}
          options={[...BASES, "none" as const].map((value) => ({
            value: value as Ground,
            title: t(`contacts.basis.${value}`),
            line: t(`contacts.basis.${value}.line`),
          }))}
        />
        {basis === "agreed" && (
          <TextField
            label={t("contacts.list.text")}
            required
            value={form.text}
            maxLength={6000}
            error={at("body.text")}
            onChange={(event) => put({ text: event.target.value })}
          />
        )}
        <div className={styles.two}>
          <Field
            label={t("contacts.list.source")}
            hint={t("contacts.list.source.hint")}
            required
            value={form.source}
            maxLength={300}
            error={at("body.source")}
            onChange={(event) => put({ source: event.target.value })}
          />
          <Field
            label={t("contacts.list.on")}
            type="date"
            max={today}
            value={form.on}
            error={at("body.on")}
            onChange={(event) => put({ on: event.target.value })}
          />
          {basis && basis !== "none" && (
            <Field
              label={t("contacts.consent.topic")}
              optional
              hint={t("contacts.consent.topic.hint")}
              value={form.topic}
              maxLength={100}
              onChange={(event) => put({ topic: event.target.value })}
            />
          )}
          <Field
            label={t("contacts.list.tags")}
            optional
            hint={t("contacts.list.tags.hint")}
            value={form.tags}
            maxLength={300}
            error={at("body.tags")}
            onChange={(event) => put({ tags: event.target.value })}
          />
          {givers.length > 0 && (
            <Select
              label={t("contacts.list.provider")}
              hint={t("contacts.list.provider.hint")}
              value={form.provider}
              error={at("body.provider")}
              options={[
                { value: "", label: t("contacts.list.provider.none") },
                ...givers.map((one) => ({ value: one.id, label: one.name })),
              ]}
              onChange={(event) => put({ provider: event.target.value })}
            />
          )}
        </div>
        {(at("body.numbered") || form.numbered) && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={form.numbered}
              onChange={(event) => put({ numbered: event.target.checked })}
            />
            {t("contacts.list.numbered")}
          </label>
        )}
      </Card>
      {bring.error && !placed && <Notice kind="bad">{bring.error.message}</Notice>}
      <div className={styles.actions}>
        <Button kind="primary" type="submit" disabled={!basis || bring.isPending}>
          {bring.isPending
            ? t("contacts.list.busy")
            : t("contacts.list.do", { n: f.count(chosen.good) })}
        </Button>
        <Button disabled={bring.isPending} onClick={onBack}>
          {t("contacts.list.back")}
        </Button>
      </div>
    </form>
  );
}
