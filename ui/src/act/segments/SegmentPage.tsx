import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { problemAt } from "../../api/client.ts";
import {
  type PeopleSegment,
  useDropSegment,
  useKeepSegment,
  usePeopleSegment,
} from "../../api/useSegments.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Field } from "../../kit/Field.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { ConditionBuilder } from "../conditions/ConditionBuilder.tsx";
import { ConditionCount } from "../conditions/ConditionCount.tsx";
import { emptyCondition, isEmpty, isFinished } from "../conditions/condition.ts";
import { problemsOf } from "../conditions/useCounted.ts";
import { Members } from "./Members.tsx";
import { Replay } from "./Replay.tsx";
import styles from "./segments.module.css";

const route = getRouteApi("/framed/w/$ws/act/segments/$id");
const NEW = "new";

/** A condition with a name: built, counted while it is, replayed over the last months. */
export function SegmentPage() {
  const { ws, id } = route.useParams();
  const kept = usePeopleSegment(ws, id, id !== NEW);
  if (id === NEW) return <Edit key={id} ws={ws} />;
  if (kept.error) return <Failed error={kept.error} retry={() => void kept.refetch()} />;
  if (!kept.data)
    return (
      <div className={styles.page}>
        <Loading />
        <Skeleton height={32} width="40%" />
        <Skeleton height={240} />
      </div>
    );
  return <Edit key={id} ws={ws} kept={kept.data} />;
}

function Edit({ ws, kept }: { ws: string; kept?: PeopleSegment }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const toast = useToast();
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  const edit = role === "owner" || role === "editor" || role === "member";
  const [name, setName] = useState(kept?.name ?? "");
  const [condition, setCondition] = useState(kept?.condition ?? emptyCondition());
  const [asking, setAsking] = useState(false);
  const keep = useKeepSegment(ws);
  const changed =
    name !== (kept?.name ?? "") || JSON.stringify(condition) !== JSON.stringify(kept?.condition);
  const ready = name.trim() !== "" && !isEmpty(condition) && isFinished(condition);
  const problems = problemsOf(keep.error);
  const save = () =>
    keep.mutate(
      { ...(kept ? { id: kept.id } : {}), name: name.trim(), condition },
      {
        onSuccess: (made) => {
          toast({ text: t("segments.saved") });
          if (!kept)
            void navigate({
              to: "/w/$ws/act/segments/$id",
              params: { ws, id: made.id },
              replace: true,
            });
        },
      },
    );
  return (
    <div className={styles.page}>
      <div>
        <BackLink to="/w/$ws/act/contacts" params={{ ws }} search={{ view: "segments" }}>
          {t("segments.back")}
        </BackLink>
        <h2>{kept?.name ?? t("segments.new")}</h2>
        {kept && <p className="quiet">{kept.sentence}</p>}
      </div>
      {edit ? (
        <Card className={styles.build}>
          <div className={styles.name}>
            <Field
              label={t("segments.name")}
              hint={t("segments.name.hint")}
              value={name}
              maxLength={120}
              error={problemAt(keep.error, "body.name")}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <ConditionBuilder
            ws={ws}
            value={condition}
            onChange={(next) => {
              setCondition(next);
              keep.reset();
            }}
            problems={problems}
          />
          <div className={styles.foot}>
            <ConditionCount ws={ws} condition={condition} />
            <div className={styles.actions}>
              <Button kind="primary" disabled={!ready || !changed || keep.isPending} onClick={save}>
                {t("segments.save")}
              </Button>
              {kept && (
                <Button kind="quiet" onClick={() => setAsking(true)}>
                  {t("segments.delete")}
                </Button>
              )}
            </div>
          </div>
          {keep.error && problems.length === 0 && !problemAt(keep.error, "body.name") && (
            <p className="bad" role="alert">
              {keep.error.message}
            </p>
          )}
        </Card>
      ) : (
        <p className="quiet">{t("segments.readonly")}</p>
      )}
      <Replay ws={ws} condition={condition} />
      {kept && edit && <Members ws={ws} id={kept.id} changed={changed} />}
      {kept && asking && <Drop ws={ws} kept={kept} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Drop({ ws, kept, onClose }: { ws: string; kept: PeopleSegment; onClose: () => void }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const drop = useDropSegment(ws);
  return (
    <Dialog
      title={t("segments.delete.title", { name: kept.name })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            disabled={drop.isPending}
            onClick={() =>
              drop.mutate(kept.id, {
                onSuccess: () =>
                  void navigate({
                    to: "/w/$ws/act/contacts",
                    params: { ws },
                    search: { view: "segments" },
                  }),
              })
            }
          >
            {t("segments.delete")}
          </Button>
          <Button onClick={onClose}>{t("kit.cancel")}</Button>
        </>
      }
    >
      <p>{t("segments.delete.line")}</p>
      {drop.error && (
        <p className="bad" role="alert">
          {drop.error.message}
        </p>
      )}
    </Dialog>
  );
}
