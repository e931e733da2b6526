import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import { type Recipient, type RecipientWish, useKeepRecipient } from "../../api/useLaw.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { COUNTRIES, hostsOf, needsAbroad, ROLES } from "./draft.ts";
import styles from "./duties.module.css";

interface RecipientFormProps {
  ws: string;
  begin: Recipient | Partial<RecipientWish>;
  onClose: () => void;
}

const PLACES = ["name", "hosts", "role", "country", "data", "purpose", "ground", "abroad", "sure"];

/** Who they are, what they are handed and what for; more where the law asks for more. */
export function RecipientForm({ ws, begin, onClose }: RecipientFormProps) {
  const { t } = useLanguage();
  const keep = useKeepRecipient(ws);
  const id = "id" in begin ? begin.id : undefined;
  const [one, setOne] = useState<RecipientWish>({
    name: begin.name ?? "",
    role: begin.role ?? "processor",
    country: begin.country ?? "JP",
    data: begin.data ?? "",
    purpose: begin.purpose ?? "",
    ground: begin.ground ?? "",
    abroad: begin.abroad ?? "",
    receives: begin.receives ?? false,
    sure: begin.sure ?? "",
  });
  const [hosts, setHosts] = useState((begin.hosts ?? []).join(" "));
  const put = (change: Partial<RecipientWish>) => setOne({ ...one, ...change });
  const at = (place: string) => problemAt(keep.error, `body.${place}`);
  const abroad = needsAbroad(one);
  const grounds = (keys: readonly ("consent" | "statute" | "equivalent" | "adequate")[]) => [
    { value: "", label: t("duties.choose") },
    ...keys.map((value) => ({ value, label: t(`duties.ground.${value}`) })),
  ];
  return (
    <Dialog
      title={t(id ? "duties.form.edit" : "duties.form.new")}
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" type="submit" form="recipient" disabled={keep.isPending}>
            {t("duties.form.keep")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <form
        id="recipient"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          keep.mutate(
            {
              ...one,
              ...(id ? { id } : {}),
              hosts: hostsOf(hosts),
              ground: one.role === "third-party" ? (one.ground ?? "") : "",
              abroad: abroad ? (one.abroad ?? "") : "",
            },
            { onSuccess: onClose },
          );
        }}
      >
        <Field
          label={t("duties.form.name")}
          required
          maxLength={200}
          value={one.name}
          error={at("name")}
          onChange={(event) => put({ name: event.target.value })}
        />
        <Field
          label={t("duties.form.hosts")}
          optional
          hint={t("duties.form.hosts.hint")}
          value={hosts}
          error={at("hosts")}
          onChange={(event) => setHosts(event.target.value)}
        />
        <div className={styles.two}>
          <Select
            label={t("duties.form.role")}
            value={one.role}
            options={ROLES.map((value) => ({ value, label: t(`duties.role.${value}`) }))}
            onChange={(event) => put({ role: event.target.value as RecipientWish["role"] })}
          />
          <Select
            label={t("duties.form.country")}
            value={one.country}
            options={
              COUNTRIES.includes(one.country) ? countryOptions() : countryOptions(one.country)
            }
            onChange={(event) => put({ country: event.target.value })}
          />
        </div>
        {one.role === "third-party" && (
          <Select
            label={t("duties.form.ground")}
            value={one.ground ?? ""}
            error={at("ground")}
            options={grounds(["consent", "statute"])}
            onChange={(event) => put({ ground: event.target.value as "consent" })}
          />
        )}
        {abroad && (
          <Select
            label={t("duties.form.abroad")}
            value={one.abroad ?? ""}
            error={at("abroad")}
            options={grounds(["consent", "equivalent", "adequate"])}
            onChange={(event) => put({ abroad: event.target.value as "consent" })}
          />
        )}
        <Field
          label={t("duties.form.data")}
          hint={t("duties.form.data.hint")}
          required
          maxLength={1000}
          value={one.data}
          error={at("data")}
          onChange={(event) => put({ data: event.target.value })}
        />
        <Field
          label={t("duties.form.purpose")}
          required
          maxLength={1000}
          value={one.purpose}
          error={at("purpose")}
          onChange={(event) => put({ purpose: event.target.value })}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={one.receives ?? false}
            onChange={(event) => put({ receives: event.target.checked })}
          />
          {t("duties.form.receives")}
        </label>
        {one.receives && (
          <TextField
            label={t("duties.form.sure")}
            hint={t("duties.form.sure.hint")}
            required
            maxLength={1000}
            value={one.sure ?? ""}
            error={at("sure")}
            onChange={(event) => put({ sure: event.target.value })}
          />
        )}
        {keep.error && !PLACES.some(at) && <Notice kind="bad">{keep.error.message}</Notice>}
      </form>
    </Dialog>
  );

  function countryOptions(...more: string[]) {
    const names = new Intl.DisplayNames([t("duties.locale")], { type: "region" });
    return [...COUNTRIES, ...more].map((value) => ({ value, label: names.of(value) ?? value }));
  }
}
