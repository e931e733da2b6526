import {
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import type { MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { useSize } from "../../kit/useSize.ts";
import { cardFacts } from "../card/facts.ts";
import { IndicatorCard } from "../card/IndicatorCard.tsx";
import { KgiCard } from "../card/KgiCard.tsx";
import { buildTree, descendants, levels, worst } from "../tree.ts";
import { isStep, step } from "../walk.ts";
import { levelAt } from "../zoom.ts";
import styles from "./Board.module.css";
import { FoldButton } from "./FoldButton.tsx";
import { GoalBlock } from "./GoalBlock.tsx";
import { Legend } from "./Legend.tsx";
import { Roads } from "./Roads.tsx";
import { useBoard } from "./useBoard.ts";
import { usePanZoom } from "./usePanZoom.ts";

/** What others may ask of the board. */
export interface BoardHandle {
  /** Brings a card into sight and gives it the keyboard. */
  focus: (id: string) => void;
  /** Brings a card into sight only. */
  show: (id: string) => void;
}

interface MapBoardProps {
  reply: MapReply;
  /** The open indicator. */
  selected: string | null;
  onOpen: (id: string) => void;
  /** While searching: what matches. */
  found?: ReadonlySet<string> | null;
  /** Where missing numbers are brought in; null on a read-only page. */
  ws: string | null;
  ref?: Ref<BoardHandle>;
}

const STEP = 1.2;
/** More cards than this start folded below the second level. */
const MANY = 40;

/** The map itself: cards, roads, legend; drag, zoom and walk on it. */
export function MapBoard({ reply, selected, onOpen, found = null, ws, ref }: MapBoardProps) {
  const { t, f } = useLanguage();
  const root = useRef<HTMLDivElement>(null);
  const viewport = useSize(root, { w: 1272, h: 692 });
  const tree = useMemo(() => buildTree(reply), [reply]);
  const indicators = useMemo(() => new Map(reply.indicators.map((one) => [one.id, one])), [reply]);
  const deep = useMemo(() => levels(tree), [tree]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(() =>
    reply.indicators.length > MANY ? foldedFrom(2, deep, tree) : new Set(),
  );
  const board = useBoard(tree, viewport, folded, selected);
  const { layout, view } = board;
  const { scale } = levelAt(view.zoom);
  const [current, setCurrent] = useState<string | null>(null);
  const stop = current && layout.byId.has(current) ? current : (layout.boxes[0]?.id ?? null);
  usePanZoom(root, board);

  function focus(id: string): void {
    board.show(id);
    setCurrent(id);
    const cards = [...(root.current?.querySelectorAll<HTMLElement>("[data-card]") ?? [])];
    cards.find((card) => card.dataset.card === id)?.focus({ preventScroll: true });
  }
  useImperativeHandle(ref, () => ({ focus, show: board.show }));

  function walk(event: KeyboardEvent): void {
    const here = (event.target as HTMLElement).dataset.card;
    if (!here || !isStep(event.key)) {
      if (event.key === "+" || event.key === "=") board.zoom(STEP);
      else if (event.key === "-") board.zoom(1 / STEP);
      else if (event.key === "0") board.fit();
      return;
    }
    event.preventDefault();
    if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const fold = event.key === "ArrowLeft";
      if (folded.has(here) !== fold && tree.branches.has(here)) toggle(here);
      return;
    }
    const next = step(layout, tree, here, event.key);
    if (next) focus(next);
  }

  function toggle(id: string): void {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    setFolded(next);
  }

  const latest = reply.as_of >= (reply.last_day ?? reply.as_of);

  return (
    <div className={styles.board}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div
        ref={root}
        className={styles.viewport}
        role="group"
        aria-label={t("map.tree")}
        aria-describedby="map-help"
        onKeyDown={walk}
      >
        <p id="map-help" className="sr">
          {t("map.tree.help")}
        </p>
        <div
          className={styles.picture}
          style={{
            width: layout.width,
            height: layout.height,
            transform: `translate(${view.x}px,${view.y}px) scale(${scale})`,
          }}
        >
          <Roads layout={layout} reply={reply} />
          {layout.goal && <GoalBlock reply={reply} at={layout.goal} />}
          {layout.strip && (
            <h2 className={styles.strip} style={{ left: layout.strip.x, top: layout.strip.y }}>
              {t("map.unlinked")}
            </h2>
          )}
          {layout.boxes.map((box) => {
            const one = indicators.get(box.id);
            if (!one) return null;
            const faded = found !== null && !found.has(box.id);
            return (
              <article
                key={box.id}
                className={classes(
                  styles.card,
                  box.kgi && styles.kgi,
                  !one.has_data && one.value === null && styles.empty,
                  selected === box.id && styles.selected,
                  faded && styles.faded,
                  found?.has(box.id) && styles.found,
                )}
                style={{ left: box.x, top: box.y, width: box.w, height: box.h }}
              >
                <button
                  type="button"
                  className={styles.open}
                  data-card={box.id}
                  tabIndex={box.id === stop ? 0 : -1}
                  aria-label={cardFacts(one, t, f).spoken}
                  aria-current={selected === box.id || undefined}
                  onFocus={() => setCurrent(box.id)}
                  onClick={() => onOpen(box.id)}
                />
                <div className={styles.content} aria-hidden={one.has_data || undefined}>
                  {box.kgi ? (
                    <KgiCard
                      indicator={one}
                      level={layout.level}
                      height={box.h}
                      agreement={reply.agreement}
                      asOf={reply.as_of}
                      latest={latest}
                    />
                  ) : (
                    <IndicatorCard indicator={one} level={layout.level} ws={ws} />
                  )}
                </div>
                {(tree.branches.get(box.id)?.length ?? 0) > 0 && (
                  <FoldButton
                    name={one.name}
                    count={box.folded}
                    worst={
                      box.folded > 0
                        ? worst(
                            descendants(tree, box.id).map(
                              (id) => indicators.get(id)?.status ?? "no-data",
                            ),
                          )
                        : null
                    }
                    onClick={() => toggle(box.id)}
                  />
                )}
              </article>
            );
          })}
        </div>
      </div>
      <Legend
        small={viewport.w < 1000}
        zoomIn={() => board.zoom(STEP)}
        zoomOut={() => board.zoom(1 / STEP)}
        fit={board.fit}
        depth={Math.max(0, ...deep.values())}
        showLevels={(level) =>
          setFolded(level === null ? new Set() : foldedFrom(level, deep, tree))
        }
        reply={reply}
      />
    </div>
  );
}

/** Everything from a level on is folded away. */
function foldedFrom(
  level: number,
  deep: Map<string, number>,
  tree: ReturnType<typeof buildTree>,
): Set<string> {
  return new Set(
    [...deep].filter(([id, at]) => at >= level && tree.branches.has(id)).map(([id]) => id),
  );
}
