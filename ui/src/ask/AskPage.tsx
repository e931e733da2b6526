import { getRouteApi } from "@tanstack/react-router";
import { useRef } from "react";
import { useMap } from "../api/useMap.ts";
import { useReview } from "../api/useReview.ts";
import { Page } from "../frame/Page.tsx";
import { Topline } from "../frame/Topline.tsx";
import { AsOf } from "../frame/top/AsOf.tsx";
import { Search } from "../frame/top/Search.tsx";
import { VersionChip } from "../frame/top/VersionChip.tsx";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { classes } from "../kit/classes.ts";
import { Failed } from "../kit/EmptyState.tsx";
import styles from "./ask.module.css";
import { Beside } from "./beside/Beside.tsx";
import { Findings } from "./findings/Findings.tsx";
import { FindingsSkeleton } from "./findings/FindingsSkeleton.tsx";
import { FIRST_FINDINGS, useNewcomer } from "./newcomer.ts";
import { WhatIf } from "./whatif/WhatIf.tsx";

const route = getRouteApi("/framed/w/$ws/ask");

/** 確かめる: what is wrong with the road at the left, what would help at the right. */
export function AskPage() {
  const { t } = useLanguage();
  const { ws } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = { asOf: search.as_of, version: search.version };
  const map = useMap(ws, view);
  const review = useReview(ws, view);
  const whatIf = useRef<HTMLElement>(null);
  const reply = map.data;
  const { fresh, showAll } = useNewcomer(ws, reply);
  const open = review.data?.findings.filter((one) => !one.muted).length ?? 0;
  const few = fresh && open > FIRST_FINDINGS;
  const openOnMap = (id: string) =>
    void navigate({ to: "/w/$ws/map", params: { ws }, search: { ...search, open: id } });

  return (
    <>
      <Topline
        title={reply?.model.name ?? t("frame.ask")}
        actions={
          reply && (
            <Search
              indicators={reply.indicators}
              onFound={() => {}}
              onPoint={() => {}}
              onOpen={openOnMap}
            />
          )
        }
      >
        {reply && (
          <>
            <span className={styles.wide}>
              <VersionChip reply={reply} ws={ws} />
            </span>
            <AsOf
              reply={reply}
              onChoose={(day) =>
                void navigate({ search: { ...search, as_of: day ?? undefined }, replace: true })
              }
            />
          </>
        )}
      </Topline>
      <Page full>
        {review.error && !review.data ? (
          <Failed error={review.error} retry={() => void review.refetch()} />
        ) : (
          <div className={classes(styles.split, few && styles.alone)}>
            <div className={styles.left}>
              {review.data && !map.isPending ? (
                <>
                  <Findings
                    ws={ws}
                    reply={review.data}
                    view={view}
                    onAll={few ? showAll : undefined}
                    onWhatIf={() => {
                      whatIf.current?.scrollIntoView({ block: "start" });
                      whatIf.current?.focus({ preventScroll: true });
                    }}
                  />
                  {!few && <Beside ws={ws} view={view} />}
                </>
              ) : (
                <FindingsSkeleton />
              )}
            </div>
            {!few && (
              <aside
                className={styles.right}
                ref={whatIf}
                tabIndex={-1}
                aria-label={t("whatif.title")}
              >
                <WhatIf
                  key={`${ws} ${view.asOf} ${view.version}`}
                  ws={ws}
                  view={view}
                  names={new Map(reply?.indicators.map((one) => [one.id, one.name]))}
                />
              </aside>
            )}
          </div>
        )}
      </Page>
    </>
  );
}
