import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, api, problemAt, take } from "../../api/client.ts";
import type { ConnectionKind, ConnectionTried, Source, UploadReply } from "../../api/types.ts";
import { useAddConnection, useTryConnection } from "../../api/useConnections.ts";
import { mapQuery } from "../../api/useMap.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import type { Translate } from "../../i18n/translate.ts";
import { Button } from "../../kit/Button.tsx";
import { Choices } from "../../kit/Choices.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { Steps } from "../../kit/Steps.tsx";
import { useFocusOnChange } from "../../kit/useFocusOnChange.ts";
import { MappingStep } from "../MappingStep.tsx";
import { firstMapping, type Mapping, sourceIdOf, specOf } from "../mapping.ts";
import styles from "../measure.module.css";
import { PreviewTable, Questions } from "../PreviewStep.tsx";
import { ConnectionDone } from "./ConnectionDone.tsx";
import { type Schedule, ScheduleStep } from "./ScheduleStep.tsx";
import { SettingsForm } from "./SettingsForm.tsx";
import { type Draft, draftOf, firstDay, hasSecret, settingsOf } from "./wish.ts";

interface AddConnectionProps {
  ws: string;
  sqlite: boolean;
  /** Sources of the map that have no number yet: what is fetched may be what they wait for. */
  waiting: Source[];
  onClose: () => void;
}

const KINDS: ConnectionKind[] = ["ga4", "search_console", "sheets", "sql", "http"];
const STAGES = ["kind", "settings", "look", "map", "schedule"] as const;
type Stage = (typeof STAGES)[number] | "done";

/** From a kind to numbers that come by themselves; nothing is kept before the last step. */
export function AddConnection({ ws, sqlite, waiting, onClose }: AddConnectionProps) {
  const { t, f, lang } = useLanguage();
  const client = useQueryClient();
  const [stage, setStage] = useState<Stage>("kind");
  const [draft, setDraft] = useState<Draft | null>(null);
  const [tried, setTried] = useState<ConnectionTried | null>(null);
  const [mapping, setMapping] = useState<Mapping | null>(null);
  const look = useTryConnection(ws);
  const map = useQuery(mapQuery(ws, lang));
  const add = useAddConnection(ws);
  const place = useFocusOnChange<HTMLDivElement>(stage);
  const secret = draft && hasSecret(draft) && draft.secret ? { secret: draft.secret } : {};

  function tryIt() {
    if (!draft) return;
    look.mutate(
      {
        kind: draft.kind,
        name: draft.name.trim(),
        settings: settingsOf(draft),
        schedule: "hourly",
        ...secret,
      },
      {
        onSuccess: (reply) => {
          setTried(reply);
          setMapping(firstMapping(reply.preview, waiting, draft.name, t("measure.map.counted")));
          setStage("look");
        },
      },
    );
  }
  async function save(when: Schedule) {
    if (!draft || !mapping) return;
    // Asked anew each time: somebody may have saved meanwhile.
    const model = await client.fetchQuery({
      queryKey: ["model", ws, null],
      queryFn: () =>
        take(api.GET("/api/workspaces/{ws}/model", { params: { path: { ws }, query: {} } })),
      staleTime: 0,
    });
    add.mutate(
      {
        kind: draft.kind,
        name: draft.name.trim(),
        settings: settingsOf(draft),
        ...when,
        ...secret,
        source_id: sourceIdOf(mapping),
        spec: specOf(mapping, "", ""),
        base_version: model.version,
      },
      {
        onSuccess: () => setStage("done"),
      },
    );
  }
  // Shown with the same steps as a file: its place is taken by what was fetched.
  const upload: UploadReply | null = tried && {
    upload_id: "",
    name: draft?.name ?? "",
    size: 0,
    preview: tried.preview,
  };
  return (
    <div className={styles.stack} ref={place} tabIndex={-1}>
      <div className={styles.title}>
        <Steps
          label={t("connect.steps")}
          current={stage === "done" ? STAGES.length : STAGES.indexOf(stage)}
          steps={STAGES.map((one) => t(`connect.step.${one}`))}
          onBack={stage === "done" ? undefined : (step) => setStage(STAGES[step] ?? "kind")}
        />
      </div>
      {stage === "kind" && (
        <>
          <Choices
            legend={t("connect.kind")}
            least={220}
            value={draft?.kind ?? null}
            options={KINDS.map((kind) => ({
              value: kind,
              title: t(`connect.kind.${kind}`),
              line: t(`connect.kind.${kind}.line`),
            }))}
            onChange={(kind) =>
              setDraft(draft?.kind === kind ? draft : draftOf(kind, nameOf(t, kind)))
            }
          />
          <div className={styles.foot}>
            <Button kind="primary" disabled={!draft} onClick={() => setStage("settings")}>
              {t("measure.next")}
            </Button>
            <Button onClick={onClose}>{t("measure.cancel")}</Button>
          </div>
        </>
      )}
      {stage === "settings" && draft && (
        <>
          <h2>{t("connect.settings")}</h2>
          <SettingsForm
            draft={draft}
            sqlite={sqlite}
            error={look.error}
            onDraft={(next) => {
              setDraft(next);
              look.reset();
            }}
          />
          {look.error && (
            <Notice kind="bad">
              <b>{t("connect.failed")}</b>
              <br />
              {look.error instanceof ApiError ? look.error.message : t("kit.failed.offline")}
            </Notice>
          )}
          <div className={styles.foot}>
            <Button kind="primary" disabled={!draft.name.trim() || look.isPending} onClick={tryIt}>
              {t(look.isPending ? "connect.trying" : "connect.try")}
            </Button>
            <Button onClick={() => setStage("kind")}>{t("measure.back")}</Button>
            <Button onClick={onClose}>{t("measure.cancel")}</Button>
            {!draft.name.trim() && <span className="quiet">{t("connect.name.missing")}</span>}
          </div>
        </>
      )}
      {stage === "look" && tried && mapping && (
        <>
          <div>
            <h2>{t("connect.look")}</h2>
            <p className="quiet">
              {t("connect.look.days", {
                first: f.longDay(tried.first),
                last: f.longDay(tried.last),
              })}
            </p>
          </div>
          {tried.notes.length > 0 && (
            <Notice kind="info">
              <ul className={styles.notes}>
                {tried.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </Notice>
          )}
          {!tried.preview.date_column && (
            <Notice kind="warn">
              {t(tried.preview.rows.length === 0 ? "measure.read.bare" : "connect.no.date")}
            </Notice>
          )}
          <Questions preview={tried.preview} mapping={mapping} onMapping={setMapping} />
          <PreviewTable name={draft?.name ?? ""} preview={tried.preview} date={mapping.date} />
          <div className={styles.foot}>
            <Button
              kind="primary"
              disabled={!tried.preview.date_column}
              onClick={() => setStage("map")}
            >
              {t("measure.next")}
            </Button>
            <Button onClick={() => setStage("settings")}>{t("measure.back")}</Button>
          </div>
        </>
      )}
      {stage === "map" && upload && mapping && (
        <MappingStep
          upload={upload}
          sources={waiting}
          mapping={mapping}
          onMapping={setMapping}
          onBack={() => setStage("look")}
          onImport={() => setStage("schedule")}
          next={t("measure.next")}
        />
      )}
      {stage === "schedule" && draft && (
        <>
          {add.error && (
            <Notice kind="bad">
              {problemAt(add.error, "body.name") ??
                (add.error instanceof ApiError ? add.error.message : t("kit.failed.offline"))}
            </Notice>
          )}
          <ScheduleStep
            kind={draft.kind}
            from={firstDay(map.data?.indicators[0]?.target?.from ?? null, tried?.last ?? "")}
            pending={add.isPending}
            onBack={() => setStage("map")}
            onSave={(when) => void save(when)}
          />
        </>
      )}
      {stage === "done" && add.data && mapping && (
        <ConnectionDone
          ws={ws}
          id={add.data.id}
          sourceId={sourceIdOf(mapping)}
          isNew={mapping.isNew}
          onMore={() => {
            setDraft(null);
            add.reset();
            setStage("kind");
          }}
          onClose={onClose}
        />
      )}
    </div>
  );
}

/** Services are called by their names; other places only people can name. */
function nameOf(t: Translate, kind: ConnectionKind): string {
  return kind === "http" || kind === "sql" ? "" : t(`connect.kind.${kind}`);
}
