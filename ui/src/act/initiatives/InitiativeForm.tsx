import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import { useAutomations } from "../../api/useAutomations.ts";
import type { InitiativeBody } from "../../api/useInitiatives.ts";
import { useMap } from "../../api/useMap.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Field, Select, TextField } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { bodyOf, type Draft } from "./draft.ts";
import styles from "./initiatives.module.css";

const STATES = ["idea", "running", "finished"] as const;
const PLACES = [
  "name",
  "kpi",
  "lever",
  "hypothesis",
  "state",
  "from",
  "to",
  "cost",
  "campaigns",
  "did",
];

interface InitiativeFormProps {
  ws: string;
  draft: Draft;
  saving: boolean;
  error: Error | null;
  onSave: (body: InitiativeBody) => void;
  onCancel: () => void;
}

/** Everything there is to write about an initiative. */
export function InitiativeForm({ ws, draft: begun, saving, error, ...on }: InitiativeFormProps) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState(begun);
  const [unread, setUnread] = useState(false);
  const map = useMap(ws);
  const automations = useAutomations(ws).data?.automations ?? [];
  const set = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const wrong = (place: string) => problemAt(error, `body.${place}`);
  const elsewhere = error && !PLACES.some(wrong);
  const indicators = map.data?.indicators ?? [];
  const known = draft.kpi === "" || indicators.some((one) => one.id === draft.kpi);
  return (
    <Card>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const body = bodyOf(draft);
          setUnread(body === null);
          if (body) on.onSave(body);
        }}
      >
        <Field
          label={t("initiatives.form.name")}
          hint={t("initiatives.form.name.hint")}
          error={wrong("name")}
          maxLength={120}
          required
          value={draft.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={t("initiatives.hypothesis")}
          hint={t("initiatives.form.hypothesis.hint")}
          error={wrong("hypothesis")}
          optional
          maxLength={4000}
          value={draft.hypothesis}
          onChange={(event) => set({ hypothesis: event.target.value })}
        />
        <div className={styles.pair}>
          <Select
            label={t("initiatives.kpi")}
            error={wrong("kpi")}
            required
            value={draft.kpi}
            onChange={(event) => set({ kpi: event.target.value })}
            options={[
              { value: "", label: t("initiatives.form.kpi.choose"), disabled: true },
              ...indicators.map((one) => ({ value: one.id, label: one.name })),
              ...(known ? [] : [{ value: draft.kpi, label: draft.kpi }]),
            ]}
          />
          <Select
            label={t("initiatives.lever")}
            hint={t("initiatives.form.lever.hint")}
            error={wrong("lever")}
            optional
            value={draft.lever}
            onChange={(event) => set({ lever: event.target.value })}
            options={[
              { value: "", label: t("initiatives.form.lever.none") },
              ...indicators
                .filter((one) => one.id !== draft.kpi)
                .map((one) => ({ value: one.id, label: one.name })),
              ...(draft.lever === "" || indicators.some((one) => one.id === draft.lever)
                ? []
                : [{ value: draft.lever, label: draft.lever }]),
            ]}
          />
          <Select
            label={t("initiatives.form.state")}
            error={wrong("state")}
            value={draft.state}
            onChange={(event) => set({ state: event.target.value as Draft["state"] })}
            options={STATES.map((value) => ({ value, label: t(`initiatives.state.${value}`) }))}
          />
          <Field
            type="date"
            label={t("initiatives.form.from")}
            error={wrong("from")}
            optional={draft.state === "idea"}
            value={draft.from}
            onChange={(event) => set({ from: event.target.value })}
          />
          <Field
            type="date"
            label={t("initiatives.form.to")}
            hint={t("initiatives.form.to.hint")}
            error={wrong("to")}
            optional={draft.state !== "finished"}
            value={draft.to}
            onChange={(event) => set({ to: event.target.value })}
          />
          <Field
            inputMode="numeric"
            label={t("initiatives.form.cost")}
            hint={t("initiatives.form.cost.hint")}
            error={unread ? t("initiatives.form.cost.bad") : wrong("cost")}
            optional
            value={draft.cost}
            onChange={(event) => set({ cost: event.target.value })}
          />
          <Field
            label={t("initiatives.form.campaigns")}
            hint={t("initiatives.form.campaigns.hint")}
            error={wrong("campaigns")}
            optional
            value={draft.campaigns}
            onChange={(event) => set({ campaigns: event.target.value })}
          />
        </div>
        {automations.length > 0 && (
          <fieldset className={styles.choose}>
            <legend>{t("initiatives.form.automations")}</legend>
            {automations.map((one) => (
              <label key={one.id}>
                <input
                  type="checkbox"
                  checked={draft.automations.includes(one.id)}
                  onChange={(event) =>
                    set({
                      automations: event.target.checked
                        ? [...draft.automations, one.id]
                        : draft.automations.filter((id) => id !== one.id),
                    })
                  }
                />
                {one.name}
              </label>
            ))}
            <p className="quiet">{t("initiatives.form.automations.hint")}</p>
          </fieldset>
        )}
        <TextField
          label={t("initiatives.did")}
          hint={t("initiatives.form.did.hint")}
          error={wrong("did")}
          optional
          maxLength={4000}
          rows={4}
          value={draft.did}
          onChange={(event) => set({ did: event.target.value })}
        />
        {elsewhere && <Notice kind="bad">{error.message}</Notice>}
        <div className={styles.tools}>
          <Button kind="primary" type="submit" disabled={saving}>
            {t("initiatives.save")}
          </Button>
          <Button onClick={on.onCancel}>{t("initiatives.cancel")}</Button>
        </div>
      </form>
    </Card>
  );
}
