import { useBlocker } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { Finding, ModelFile } from "../../api/types.ts";
import { useModel } from "../../api/useModel.ts";
import { useModelCheck, useSaveModel } from "../../api/useVersions.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { useSettled } from "../../kit/useSettled.ts";
import { ModelChecks } from "./ModelChecks.tsx";
import styles from "./model.module.css";
import { Outline } from "./Outline.tsx";
import { outlineOf } from "./outline.ts";
import type { YamlHandle } from "./YamlEditor.tsx";

// The editor is larger than all the rest of the screens; only this one pays for it.
const YamlEditor = lazy(() => import("./YamlEditor.tsx"));

/** Text at the left, checks and outline at the right, one save with a note. */
export function ModelEditor({ ws, saved }: { ws: string; saved: ModelFile }) {
  const { t } = useLanguage();
  const say = useToast();
  const newest = useModel(ws);
  const save = useSaveModel(ws);
  const [base, setBase] = useState(saved);
  const [text, setText] = useState(saved.yaml);
  const [note, setNote] = useState("");
  const [tab, setTab] = useState<"checks" | "shape">("checks");
  const [failure, setFailure] = useState<"conflict" | string | null>(null);
  const editor = useRef<YamlHandle>(null);
  const settled = useSettled(text, 400);
  const check = useModelCheck(ws, settled);
  const rows = useMemo(() => outlineOf(settled), [settled]);
  const dirty = text !== base.yaml;
  const problems = check.data?.problems ?? NONE;

  useBlocker({
    shouldBlockFn: () => dirty && !window.confirm(t("model.leave")),
    enableBeforeUnload: () => dirty,
  });

  async function store(baseVersion: number) {
    setFailure(null);
    try {
      const { version } = await save.mutateAsync({ yaml: text, baseVersion, note: note.trim() });
      setBase({ ...base, yaml: text, version });
      setNote("");
      say({ text: t("model.saved", { version }) });
    } catch (error) {
      if (error instanceof ApiError && error.status === 409) {
        await newest.refetch();
        setFailure("conflict");
      } else setFailure(error instanceof ApiError ? error.message : t("kit.failed.offline"));
    }
  }

  function load(model: ModelFile) {
    setBase(model);
    setText(model.yaml);
    setFailure(null);
  }

  const open = (finding: Finding) => {
    const row = rows.find((one) => one.node.id === finding.indicator);
    if (row) editor.current?.goTo(row.node.at);
  };

  return (
    <div className={styles.layout}>
      <section className={styles.left} aria-label={t("model.editor")}>
        {failure && (
          <div style={{ padding: "12px 28px" }}>
            {failure === "conflict" ? (
              <Notice
                kind="warn"
                actions={
                  newest.data && (
                    <>
                      <Button small onClick={() => void store(newest.data.version)}>
                        {t("model.conflict.over")}
                      </Button>
                      <Button small onClick={() => load(newest.data)}>
                        {t("model.conflict.theirs")}
                      </Button>
                    </>
                  )
                }
              >
                {t("model.conflict", { version: newest.data?.version ?? "" })}{" "}
                {t("model.conflict.over.line")}
              </Notice>
            ) : (
              <Notice kind="bad">{failure}</Notice>
            )}
          </div>
        )}
        <div className={styles.editor}>
          <Suspense
            fallback={
              <div style={{ padding: 28 }}>
                <Skeleton height={320} />
              </div>
            }
          >
            <YamlEditor
              ref={editor}
              value={text}
              onChange={setText}
              problems={problems}
              label={`${t("model.editor")}。${t("model.editor.help")}`}
            />
          </Suspense>
        </div>
        <form
          className={styles.bar}
          onSubmit={(event) => {
            event.preventDefault();
            void store(base.version);
          }}
        >
          <div className={styles.note}>
            <Field
              label={t("model.note")}
              optional
              value={note}
              placeholder={t("model.note.placeholder")}
              onChange={(event) => setNote(event.target.value)}
            />
          </div>
          <Button
            kind="primary"
            type="submit"
            style={{ height: 36 }}
            disabled={!dirty || save.isPending || problems.length > 0}
          >
            {t("model.save")}
          </Button>
          {dirty && (
            <Button kind="quiet" style={{ height: 36 }} onClick={() => setText(base.yaml)}>
              {t("model.revert")}
            </Button>
          )}
          <span className={`quiet ${styles.small}`} style={{ paddingBottom: 8 }}>
            {dirty ? t("model.changed", { version: base.version }) : t("model.unchanged")}
          </span>
        </form>
      </section>
      <aside className={styles.right} aria-label={t("model.side")}>
        <Tabs
          label={t("model.side")}
          current={tab}
          onChange={setTab}
          className={styles.panel}
          tabs={[
            {
              key: "checks",
              label: t("model.tab.checks"),
              count: problems.length || undefined,
            },
            { key: "shape", label: t("model.tab.shape") },
          ]}
        >
          {tab === "checks" ? (
            <ModelChecks
              check={check.data}
              busy={check.isFetching || settled !== text}
              error={check.error}
              retry={() => void check.refetch()}
              onProblem={(one) => editor.current?.goToLine(one.line, one.col)}
              onFinding={open}
            />
          ) : (
            <Outline rows={rows} onOpen={(at) => editor.current?.goTo(at)} />
          )}
        </Tabs>
      </aside>
    </div>
  );
}

const NONE: never[] = [];
