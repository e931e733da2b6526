import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { MapReply, Source } from "../../api/types.ts";
import { useEditModel } from "../../api/useModel.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { proposeId } from "../../i18n/proposeId.ts";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { ChecksAside } from "./ChecksAside.tsx";
import styles from "./edit.module.css";
import type { IndicatorEditorProps } from "./IndicatorEditor.tsx";
import { formOf, type IndicatorForm, newForm, rebase } from "./indicatorForm.ts";
import { Lapses } from "./Lapses.tsx";
import { LinksSection } from "./LinksSection.tsx";
import { NumberSection } from "./NumberSection.tsx";
import { RemoveIndicator } from "./RemoveIndicator.tsx";
import { TargetSection } from "./TargetSection.tsx";
import { useChecks } from "./useChecks.ts";
import { WordsSection } from "./WordsSection.tsx";

const TABS = ["words", "number", "target", "links"] as const;
type Tab = (typeof TABS)[number];

interface EditorFormProps extends IndicatorEditorProps {
  map: MapReply;
  sources: Source[];
}

/** The open editor: four tabs, the checks beside them, one save. */
export function EditorForm(props: EditorFormProps) {
  const { ws, map, sources, indicatorId: id, parentId, onSaved, onClose } = props;
  const { t } = useLanguage();
  const say = useToast();
  const client = useQueryClient();
  const edit = useEditModel(ws);
  // What is edited stays what it was when the editor opened, until the reader loads anew.
  const [base, setBase] = useState(() => ({ map, version: map.model.version }));
  const [start, setStart] = useState<IndicatorForm>(
    () => (id ? formOf(map, id) : null) ?? newForm(map, parentId),
  );
  const [form, setForm] = useState(start);
  const [ownId, setOwnId] = useState(false);
  const [note, setNote] = useState("");
  const [tab, setTab] = useState<Tab>("words");
  const [tried, setTried] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [failure, setFailure] = useState<"conflict" | "rebased" | string | null>(null);

  const isNew = id === null;
  const indicator = base.map.indicators.find((one) => one.id === id) ?? null;
  const taken = base.map.indicators.map((one) => one.id);
  // What is being saved is not checked once more: against the version it replaces it would clash.
  const typed = edit.isPending || edit.data?.ok ? start : form;
  const checks = useChecks({ ws, base, before: isNew ? null : start, form: typed, taken });
  const dirty = JSON.stringify(form) !== JSON.stringify(start);

  // A dialog gives the keyboard to its cross; a new indicator begins with its name.
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isNew) return;
    const frame = requestAnimationFrame(() => place.current?.querySelector("input")?.focus());
    return () => cancelAnimationFrame(frame);
  }, [isNew]);

  function change(part: Partial<IndicatorForm>) {
    setForm((old) => {
      const next = { ...old, ...part };
      if (part.id !== undefined) return renamed(next, old.id, part.id);
      if (!isNew || ownId || part.name === undefined) return next;
      return renamed(next, old.id, proposeId(part.name, taken));
    });
    if (part.id !== undefined) setOwnId(part.id !== "");
  }

  async function save() {
    setTried(true);
    const first = TABS.find((key) => checks.blocking[key]);
    if (first) {
      setTab(first);
      return;
    }
    if (checks.edits.length === 0) return onClose();
    try {
      const reply = await edit.mutateAsync({
        baseVersion: base.version,
        edits: checks.edits,
        note: note.trim() || undefined,
      });
      if (!reply.ok) {
        setFailure(reply.problems.map((one) => `${one.message} ${one.mend}`.trim()).join("\n"));
        return;
      }
      say({ text: t(isNew ? "edit.added" : "edit.saved", { name: form.name.trim() }) });
      onSaved(form.id);
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) setFailure("conflict");
      else setFailure(error instanceof ApiError ? error.message : t("kit.failed.offline"));
    }
  }

  async function loadTheirs() {
    await client.invalidateQueries({ queryKey: ["map", ws] });
    const fresh = client
      .getQueriesData<MapReply>({ queryKey: ["map", ws] })
      .map(([, data]) => data)
      .filter((data) => data?.model.newest)
      .sort((a, b) => (b?.model.version ?? 0) - (a?.model.version ?? 0))[0];
    if (!fresh) return;
    const theirs = (id ? formOf(fresh, id) : null) ?? newForm(fresh, parentId);
    setForm((typed) => rebase(start, typed, theirs));
    setStart(theirs);
    setBase({ map: fresh, version: fresh.model.version });
    setFailure("rebased");
  }

  const parent = base.map.indicators.find((one) => one.id === parentId);
  const title = indicator
    ? t("edit.title", { name: indicator.name })
    : parent
      ? t("edit.title.under", { name: parent.name })
      : t("edit.title.new");
  const conflict = failure === "conflict" || checks.conflict;

  return (
    // The question stands beside the editor, not inside: Esc must close one of them only.
    <>
      <Dialog
        title={title}
        wide
        onClose={() => (dirty && !leaving ? setLeaving(true) : onClose())}
        actions={
          <>
            <Button kind="primary" disabled={edit.isPending} onClick={() => void save()}>
              {t(isNew ? "edit.add" : "edit.save")}
            </Button>
            <Button onClick={() => (dirty ? setLeaving(true) : onClose())}>
              {t("kit.cancel")}
            </Button>
            <span className={styles.space} />
            {indicator && !indicator.is_kgi && (
              <Button
                kind="quiet"
                icon="trash"
                aria-label={t("edit.delete")}
                onClick={() => setRemoving(true)}
              >
                <span className={styles.wide}>{t("edit.delete")}</span>
              </Button>
            )}
          </>
        }
      >
        <div className={styles.stack} style={{ gap: 8, marginBottom: 8 }}>
          {leaving && (
            <Notice
              kind="warn"
              actions={
                <>
                  <Button small onClick={onClose}>
                    {t("edit.unsaved.close")}
                  </Button>
                  <Button small onClick={() => setLeaving(false)}>
                    {t("edit.unsaved.stay")}
                  </Button>
                </>
              }
            >
              {t("edit.unsaved")}
            </Notice>
          )}
          {conflict && failure !== "rebased" && (
            <Notice
              kind="warn"
              actions={
                <Button small onClick={() => void loadTheirs()}>
                  {t("edit.conflict.reload")}
                </Button>
              }
            >
              {t("edit.conflict")} {t("edit.conflict.line")}
            </Notice>
          )}
          {failure === "rebased" && <Notice kind="info">{t("edit.conflict.done")}</Notice>}
          {failure && failure !== "conflict" && failure !== "rebased" && (
            <Notice kind="bad">{failure}</Notice>
          )}
        </div>
        <div className={styles.layout}>
          <div className={styles.form} ref={place}>
            <Tabs
              label={t("edit.sections")}
              current={tab}
              onChange={setTab}
              className={styles.panel}
              tabs={TABS.map((key) => ({
                key,
                label: t(`edit.tab.${key}`),
                count: checks.counts[key] || undefined,
              }))}
            >
              {tab === "words" && (
                <WordsSection
                  form={form}
                  onChange={change}
                  isNew={isNew}
                  isKgi={indicator?.is_kgi ?? false}
                  problem={(field) => checks.wordProblem(field, tried)}
                />
              )}
              {tab === "number" && (
                <NumberSection
                  ws={ws}
                  form={form}
                  onChange={change}
                  indicators={base.map.indicators}
                  sources={sources}
                  formulaProblem={checks.placed("formula")}
                  measureProblem={checks.placed("measure")}
                  fine={checks.fine}
                />
              )}
              {tab === "target" && (
                <TargetSection
                  target={form.target}
                  unit={form.unit}
                  onChange={(target) => change({ target })}
                  indicator={indicator}
                  gaps={checks.gaps}
                  tried={tried}
                  problem={checks.placed("target")?.message}
                />
              )}
              {tab === "links" && (
                <LinksSection
                  form={form}
                  onChange={change}
                  map={base.map}
                  isNew={isNew}
                  problem={checks.placed("links")?.message}
                />
              )}
            </Tabs>
          </div>
          <aside className={styles.aside} aria-label={t("edit.checks")}>
            <Lapses lapses={checks.lapses} />
            <ChecksAside
              smart={checks.smart}
              isKgi={indicator?.is_kgi ?? false}
              findings={checks.findings}
              others={checks.others}
              checking={checks.checking}
              failed={checks.failed}
            />
            <Field
              label={t("edit.note")}
              optional
              value={note}
              placeholder={t("edit.note.placeholder")}
              onChange={(event) => setNote(event.target.value)}
            />
          </aside>
        </div>
      </Dialog>
      {removing && id && (
        <RemoveIndicator
          ws={ws}
          map={base.map}
          version={base.version}
          id={id}
          onClose={() => setRemoving(false)}
          onRemoved={onClose}
        />
      )}
    </>
  );
}

/** A new id must also stand where links already name the indicator. */
function renamed(form: IndicatorForm, old: string, id: string): IndicatorForm {
  const swap = (end: string) => (end === old ? id : end);
  return {
    ...form,
    id,
    links: form.links.map((link) => ({ ...link, from: swap(link.from), to: swap(link.to) })),
  };
}
