import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import { useForms, useMakeForm } from "../../api/useForms.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import styles from "./forms.module.css";
import { PRESETS, type Preset, presetOf } from "./presets.ts";

/** Makes a form from what it is for. */
export function NewForm({ ws, onClose }: { ws: string; onClose: () => void }) {
  const { t, lang } = useLanguage();
  const navigate = useNavigate();
  const make = useMakeForm(ws);
  const workspaces = useWorkspaces();
  const [preset, setPreset] = useState<Preset>("inquiry");
  const [name, setName] = useState<string | null>(null);
  const [document, setDocument] = useState("");
  const shownName = name ?? t(`forms.preset.title.${preset}`);
  const sender = useForms(ws).data?.sender;
  const team = sender || (workspaces.data?.workspaces.find((one) => one.slug === ws)?.name ?? "");
  const ready = shownName.trim() !== "";
  async function submit() {
    const definition = presetOf({ preset, lang, document: document.trim(), team }, t);
    const made = await make.mutateAsync({ name: shownName.trim(), definition });
    await navigate({ to: "/w/$ws/act/forms/$id", params: { ws, id: made.id } });
  }
  return (
    <Dialog
      wide
      title={t("forms.new.title")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            disabled={!ready || make.isPending}
            onClick={() => void submit().catch(() => {})}
          >
            {t("forms.new.make")}
          </Button>
          <Button onClick={onClose}>{t("forms.new.cancel")}</Button>
        </>
      }
    >
      <div className={styles.stack}>
        <Choices
          legend={t("forms.new.kind")}
          silentLegend
          value={preset}
          onChange={setPreset}
          options={PRESETS.map((one) => ({
            value: one,
            title: t(`forms.kind.${one}`),
            line: t(`forms.kindLine.${one}`),
          }))}
        />
        <Field
          label={t("forms.new.name")}
          value={shownName}
          maxLength={120}
          onChange={(event) => setName(event.target.value)}
        />
        {preset === "download" && (
          <Field
            label={t("forms.new.document")}
            optional
            hint={t("forms.new.document.hint")}
            inputMode="url"
            placeholder="https://"
            value={document}
            onChange={(event) => setDocument(event.target.value)}
          />
        )}
        {make.error && (
          <Notice kind="bad">
            {make.error instanceof ApiError
              ? (make.error.problem.errors?.[0]?.message ?? make.error.message)
              : t("kit.failed.offline")}
          </Notice>
        )}
      </div>
    </Dialog>
  );
}
