import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client.ts";
import {
  type Card,
  type CardView,
  useCardVersion,
  useCardVersions,
  useDropCard,
  useJudged,
  useKeepCard,
  useScoreCard,
} from "../../api/useScores.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { BackLink } from "../../kit/BackLink.tsx";
import { Button } from "../../kit/Button.tsx";
import { Dialog } from "../../kit/Dialog.tsx";
import { Failed } from "../../kit/EmptyState.tsx";
import { Field } from "../../kit/Field.tsx";
import { Notice } from "../../kit/Notice.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { useToast } from "../../kit/Toast.tsx";
import { adopted, starter } from "./draft.ts";
import { Editor } from "./Editor.tsx";
import { Judged } from "./Judged.tsx";
import { Learned } from "./Learned.tsx";
import { Preview } from "./Preview.tsx";
import { State } from "./State.tsx";
import styles from "./scores.module.css";

const route = getRouteApi("/framed/w/$ws/act/scores/$id");

/** One card of points: a new one, or one that is there. */
export function ScorePage() {
  const { ws, id } = route.useParams();
  const { t } = useLanguage();
  const fresh = id === "new";
  const { data, error, refetch } = useScoreCard(ws, id, !fresh);
  if (fresh) {
    const begin = starter(
      t("scores.starter.name"),
      t("scores.starter.price"),
      t("scores.starter.form"),
    );
    return <Page key="new" ws={ws} view={null} start={begin} />;
  }
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={30} width="40%" />
        <Skeleton height={300} />
      </>
    );
  // The next version begins with what was kept, not with what was written before.
  return <Page key={`${id} ${data.version}`} ws={ws} view={data} start={data.card} />;
}

type Tab = "edit" | "judged" | "learned";

function Page({ ws, view, start }: { ws: string; view: CardView | null; start: Card }) {
  const { t, f } = useLanguage();
  const toast = useToast();
  const navigate = useNavigate();
  const [card, setCard] = useState(start);
  const [tab, setTab] = useState<Tab>("edit");
  const [dropping, setDropping] = useState(false);
  const keep = useKeepCard(ws);
  const drop = useDropCard(ws);
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  const readOnly = role === "viewer" || role === "guest" || role === "member";
  const id = view?.id ?? "";
  const changed = JSON.stringify(card) !== JSON.stringify(start);
  const problems = keep.error instanceof ApiError ? (keep.error.problem.errors ?? []) : [];
  function save(live: boolean, what: Card) {
    keep.mutate(
      { ...(view ? { id: view.id } : {}), base: view?.version ?? 0, live, card: what },
      {
        onSuccess: (kept) => {
          toast({ text: t("scores.saved", { version: kept.version }) });
          if (!view)
            void navigate({
              to: "/w/$ws/act/scores/$id",
              params: { ws, id: kept.id },
              replace: true,
            });
        },
      },
    );
  }
  const editor = (
    <div className={styles.split}>
      <WithJudged ws={ws} id={id}>
        {(judged) => (
          <Editor
            ws={ws}
            id={id}
            card={card}
            judged={judged}
            problems={problems}
            readOnly={readOnly}
            onChange={setCard}
          />
        )}
      </WithJudged>
      <aside className={styles.side}>
        <Preview ws={ws} id={id} card={card} />
      </aside>
    </div>
  );
  return (
    <>
      <BackLink to="/w/$ws/act/scores" params={{ ws }}>
        {t("scores.back")}
      </BackLink>
      <header className={styles.head}>
        <div className={styles.title}>
          {readOnly ? (
            <h2>{card.name}</h2>
          ) : (
            <>
              <h2 className="sr">{start.name}</h2>
              <Field
                label={t("scores.name")}
                value={card.name}
                maxLength={120}
                onChange={(event) => setCard({ ...card, name: event.target.value })}
              />
            </>
          )}
          {view && (
            <p className={styles.small}>
              {f.facts([
                t("scores.version", { version: view.version }),
                ...(view.by ? [view.by] : []),
                f.time(view.updated_at),
              ])}{" "}
              <State view={view} />
            </p>
          )}
        </div>
        {!readOnly && (
          <div className={styles.buttons}>
            <Button
              kind="primary"
              disabled={keep.isPending || !(changed || !view)}
              onClick={() => save(view?.live ?? true, card)}
            >
              {view ? t("scores.save", { version: view.version + 1 }) : t("scores.create")}
            </Button>
            {changed && view && (
              <Button onClick={() => setCard(start)}>{t("scores.discard")}</Button>
            )}
            {view && (
              <>
                <Button
                  disabled={keep.isPending || changed}
                  onClick={() => save(!view.live, start)}
                >
                  {t(view.live ? "scores.switchOff" : "scores.switchOn")}
                </Button>
                <Versions ws={ws} view={view} onTake={setCard} />
                <Button kind="quiet" onClick={() => setDropping(true)}>
                  {t("scores.drop")}
                </Button>
              </>
            )}
          </div>
        )}
      </header>
      {readOnly && <Notice kind="info">{t("scores.readOnly")}</Notice>}
      {keep.error && <Notice kind="bad">{keep.error.message}</Notice>}
      {view?.working && <Notice kind="info">{t("scores.working")}</Notice>}
      {view ? (
        <Tabs
          label={t("scores.tabs")}
          current={tab}
          onChange={setTab}
          tabs={(["edit", "judged", "learned"] as const).map((key) => ({
            key,
            label: t(`scores.tab.${key}`),
          }))}
          className={styles.panel}
        >
          {tab === "edit" && editor}
          {tab === "judged" && <Judged ws={ws} id={view.id} card={view.card} />}
          {tab === "learned" && (
            <Learned
              ws={ws}
              id={view.id}
              card={card}
              readOnly={readOnly}
              onAdopt={(learned) => {
                setCard(adopted(card, learned));
                setTab("edit");
                toast({
                  text: t("scores.learned.adopted"),
                  action: { label: t("scores.undo"), run: () => setCard(card) },
                });
              }}
            />
          )}
        </Tabs>
      ) : (
        editor
      )}
      {dropping && view && (
        <Dialog
          title={t("scores.drop.title", { name: view.card.name })}
          onClose={() => setDropping(false)}
          actions={
            <>
              <Button
                kind="danger"
                disabled={drop.isPending}
                onClick={() =>
                  drop.mutate(view.id, {
                    onSuccess: () => void navigate({ to: "/w/$ws/act/scores", params: { ws } }),
                  })
                }
              >
                {t("scores.drop.do")}
              </Button>
              <Button kind="text" onClick={() => setDropping(false)}>
                {t("scores.cancel")}
              </Button>
            </>
          }
        >
          <p>{t("scores.drop.line")}</p>
        </Dialog>
      )}
    </>
  );
}

/** How the rules did, where there is a card that could have done anything. */
function WithJudged({
  ws,
  id,
  children,
}: {
  ws: string;
  id: string;
  children: (judged: ReturnType<typeof useJudged>["data"]) => React.ReactNode;
}) {
  const { data } = useJudged(ws, id);
  return children(data);
}

function Versions({
  ws,
  view,
  onTake,
}: {
  ws: string;
  view: CardView;
  onTake: (card: Card) => void;
}) {
  const { t, f } = useLanguage();
  const { data } = useCardVersions(ws, view.id);
  const read = useCardVersion(ws, view.id);
  if ((data?.versions.length ?? 0) < 2) return null;
  return (
    <Popover
      align="end"
      label={t("scores.versions")}
      trigger={(wires) => <Button {...wires}>{t("scores.versions")}</Button>}
    >
      {(close) =>
        data?.versions.map((one) => (
          <MenuItem
            key={one.version}
            current={one.version === view.version}
            onClick={() => {
              read.mutate(one.version, { onSuccess: onTake });
              close();
            }}
          >
            {f.facts([
              t("scores.version", { version: one.version }),
              ...(one.by ? [one.by] : []),
              f.time(one.at),
            ])}
          </MenuItem>
        ))
      }
    </Popover>
  );
}
