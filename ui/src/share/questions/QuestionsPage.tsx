import { getRouteApi } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { type TalkHead, type TalkShow, useTalkOverview, useTalks } from "../../api/useTalk.ts";
import { useWorkspaces } from "../../api/useWorkspaces.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Card } from "../../kit/Card.tsx";
import { classes } from "../../kit/classes.ts";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Field } from "../../kit/Field.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { Tabs } from "../../kit/Tabs.tsx";
import { useNarrow } from "../../kit/useNarrow.ts";
import { TalkState } from "../../talk/TalkState.tsx";
import { Thread } from "../../talk/Thread.tsx";
import { AskDialog } from "./AskDialog.tsx";
import { PlacesDialog } from "./PlacesDialog.tsx";
import styles from "./questions.module.css";

const route = getRouteApi("/framed/w/$ws/share/questions");
const SHOWS: TalkShow[] = ["open", "yours", "settled", "all"];

/** 質問: what everybody asks of the map, those nobody has answered first. */
export function QuestionsPage() {
  const { ws } = route.useParams();
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useLanguage();
  const narrow = useNarrow();
  const [show, setShow] = useState<TalkShow>("open");
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const [dialog, setDialog] = useState<"ask" | "places" | null>(null);
  const overview = useTalkOverview(ws);
  const talks = useTalks(ws, { show: search ? "all" : show, search });
  const role = useWorkspaces().data?.workspaces.find((one) => one.slug === ws)?.role;
  const list = talks.data?.pages.flatMap((page) => page.questions);
  const shown = open ?? (narrow ? undefined : list?.[0]?.id);
  const go = (id: string | undefined) =>
    void navigate({ search: id ? { open: id } : {}, replace: !narrow });
  const alone = narrow && open;
  return (
    <>
      <header className={styles.head}>
        <div>
          <h2>{t("questions.title")}</h2>
          <p className="quiet">{t("questions.line")}</p>
        </div>
        {/* As long as nobody knows, its room is kept: nothing below it moves. */}
        {(!role || role === "owner" || role === "editor") && (
          <Button
            icon="bell"
            style={role ? {} : { visibility: "hidden" }}
            onClick={() => setDialog("places")}
          >
            {t("questions.places")}
          </Button>
        )}
        <Button kind="primary" icon="plus" onClick={() => setDialog("ask")}>
          {t("questions.ask")}
        </Button>
      </header>
      {alone ? (
        <>
          <Button icon="left" small onClick={() => go(undefined)}>
            {t("questions.back")}
          </Button>
          <Card className={styles.sheet}>
            <Thread key={open} ws={ws} id={open} about onGone={() => go(undefined)} />
          </Card>
        </>
      ) : (
        <div className={styles.two}>
          <div className={styles.left}>
            <Field
              label={t("questions.search")}
              type="search"
              maxLength={100}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Tabs
              label={t("questions.show")}
              current={show}
              onChange={setShow}
              className={styles.panel}
              tabs={SHOWS.map((key) => ({
                key,
                label: t(`questions.show.${key}`),
                count: key === "open" ? overview.data?.open : undefined,
              }))}
            >
              {talks.error && !list && (
                <Failed error={talks.error} retry={() => void talks.refetch()} />
              )}
              {talks.isPending && (
                <>
                  <Loading />
                  <Skeleton height={72} />
                  <Skeleton height={72} />
                </>
              )}
              {list?.length === 0 && (
                <EmptyState
                  title={t(search ? "questions.notFound" : `questions.none.${show}`)}
                  line={t(search ? "questions.notFound.line" : "questions.none.line")}
                />
              )}
              <ul className={styles.list}>
                {list?.map((one) => (
                  <Row
                    key={one.id}
                    one={one}
                    current={one.id === shown}
                    onOpen={() => go(one.id)}
                  />
                ))}
              </ul>
              {talks.hasNextPage && (
                <Button
                  small
                  disabled={talks.isFetching}
                  onClick={() => void talks.fetchNextPage()}
                >
                  {t("talk.older")}
                </Button>
              )}
            </Tabs>
          </div>
          {!narrow && (
            <Card className={styles.sheet}>
              {shown ? (
                <Thread
                  key={shown}
                  ws={ws}
                  id={shown}
                  about
                  glimpsed={open === undefined}
                  onGone={() => go(undefined)}
                />
              ) : (
                <p className="quiet">{t("questions.choose")}</p>
              )}
            </Card>
          )}
        </div>
      )}
      {dialog === "ask" && (
        <AskDialog
          ws={ws}
          onClose={() => setDialog(null)}
          onAsked={(id) => {
            setDialog(null);
            setShow("open");
            setTyped("");
            go(id);
          }}
        />
      )}
      {dialog === "places" && <PlacesDialog ws={ws} onClose={() => setDialog(null)} />}
    </>
  );
}

interface RowProps {
  one: TalkHead;
  current: boolean;
  onOpen: () => void;
}

function Row({ one, current, onOpen }: RowProps) {
  const { t, f } = useLanguage();
  return (
    <li>
      <button
        type="button"
        className={classes(styles.row, current && styles.current)}
        aria-current={current ? "true" : undefined}
        onClick={onOpen}
      >
        <span className={styles.where}>
          {one.unread > 0 && (
            <span className={styles.dot} role="img" aria-label={t("talk.unread")} />
          )}
          {one.about_name || t("talk.whole")}
          <TalkState one={one} />
        </span>
        <span className={classes(styles.summary, one.unread > 0 && styles.unread)}>
          {one.summary || t("talk.deleted")}
        </span>
        <span className={styles.who}>
          {f.facts([
            one.by.name || t("talk.nobody"),
            ...(one.by.outside
              ? [t("talk.outside")]
              : one.by.department
                ? [one.by.department]
                : []),
            f.time(one.last_at),
            ...(one.messages > 1 ? [t("talk.answers.count", { count: one.messages - 1 })] : []),
          ])}
        </span>
      </button>
    </li>
  );
}
