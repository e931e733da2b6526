import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useRef, useState } from "react";
import type { MapReply } from "../api/types.ts";
import { useMap } from "../api/useMap.ts";
import { Topline } from "../frame/Topline.tsx";
import { AsOf } from "../frame/top/AsOf.tsx";
import { FocusChip } from "../frame/top/FocusChip.tsx";
import { Search } from "../frame/top/Search.tsx";
import { VersionChip } from "../frame/top/VersionChip.tsx";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Button, buttonClass } from "../kit/Button.tsx";
import { EmptyState, Failed } from "../kit/EmptyState.tsx";
import type { BoardHandle } from "./board/MapBoard.tsx";
import styles from "./MapPage.module.css";
import { MapSkeleton } from "./MapSkeleton.tsx";
import { MapView } from "./MapView.tsx";
import { FirstSteps } from "./start/FirstSteps.tsx";
import { FindingsChip } from "./top/FindingsChip.tsx";

const IndicatorDrawer = lazy(() => import("./drawer/IndicatorDrawer.tsx"));
const IndicatorEditor = lazy(() => import("./edit/IndicatorEditor.tsx"));

const route = getRouteApi("/framed/w/$ws/map");
const NEW = "new";

/** The map of one workspace: what is open, from when and which version stands in the address. */
export function MapPage() {
  const { t } = useLanguage();
  const { ws } = route.useParams();
  const search = route.useSearch();
  const { data, error, refetch } = useMap(ws, { asOf: search.as_of, version: search.version });

  if (error && !data) {
    return (
      <>
        <Topline title={t("frame.map")} />
        <Failed error={error} retry={() => void refetch()} />
      </>
    );
  }
  if (!data) return <MapSkeleton />;
  return <Loaded ws={ws} reply={data} />;
}

function Loaded({ ws, reply }: { ws: string; reply: MapReply }) {
  const { t } = useLanguage();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const board = useRef<BoardHandle>(null);
  const [found, setFound] = useState<ReadonlySet<string> | null>(null);
  const open = reply.indicators.some((one) => one.id === search.open) ? search.open : undefined;
  const newest = reply.model.newest;

  const go = (next: Partial<typeof search>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), resetScroll: false });
  const openOne = (id: string) => go({ open: id, tab: undefined });
  function closeDrawer() {
    go({ open: undefined, tab: undefined });
    if (open) board.current?.focus(open);
  }

  return (
    <>
      <Topline
        noPrint
        title={reply.model.name}
        actions={
          <>
            {newest && (
              <Button
                small
                icon="plus"
                className={styles.wide}
                onClick={() => go({ edit: NEW, under: open })}
              >
                {t("map.add")}
              </Button>
            )}
            <Search
              indicators={reply.indicators}
              onFound={setFound}
              onPoint={(id) => board.current?.show(id)}
              onOpen={openOne}
            />
          </>
        }
      >
        <span className={styles.wide}>
          <VersionChip reply={reply} ws={ws} />
        </span>
        <AsOf reply={reply} onChoose={(day) => go({ as_of: day ?? undefined })} />
        <span className={styles.wide}>
          <FocusChip reply={reply} ws={ws} onOpen={openOne} />
        </span>
        <span className={styles.wide}>
          <FindingsChip reply={reply} onOpen={openOne} />
        </span>
      </Topline>
      {!newest && (
        <p className={styles.old}>
          {t("map.viewingVersion", { version: reply.model.version })}
          <Button kind="text" small onClick={() => go({ version: undefined })}>
            {t("map.backToCurrent")}
          </Button>
        </p>
      )}
      {newest && reply.indicators.length > 0 && <FirstSteps ws={ws} reply={reply} />}
      {reply.indicators.length === 0 ? (
        <EmptyState title={t("map.empty")} line={t("map.empty.line")}>
          <Link to="/start" className={buttonClass("primary")}>
            {t("map.empty.step")}
          </Link>
        </EmptyState>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: Esc is caught on its way up from map and drawer
        <div
          className={styles.split}
          onKeyDown={(event) => {
            if (event.key === "Escape" && open && !event.defaultPrevented) closeDrawer();
          }}
        >
          <MapView
            reply={reply}
            selected={open ?? null}
            onOpen={openOne}
            found={found}
            ws={newest ? ws : null}
            boardRef={board}
          />
          {open && (
            <Suspense fallback={<div className={styles.drawerPlace} />}>
              <IndicatorDrawer
                ws={ws}
                reply={reply}
                id={open}
                tab={search.tab}
                view={{ asOf: search.as_of, version: search.version }}
                onTab={(tab) => go({ tab })}
                onOpen={openOne}
                onEdit={newest ? () => go({ edit: open, under: undefined }) : null}
                onClose={closeDrawer}
              />
            </Suspense>
          )}
        </div>
      )}
      {search.edit && newest && (
        <Suspense fallback={null}>
          <IndicatorEditor
            ws={ws}
            version={reply.model.version}
            indicatorId={search.edit === NEW ? null : search.edit}
            parentId={search.under}
            onClose={() => go({ edit: undefined, under: undefined })}
            onSaved={(id) => go({ edit: undefined, under: undefined, open: id })}
          />
        </Suspense>
      )}
    </>
  );
}
