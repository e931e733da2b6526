import { useMemo } from "react";
import type { Indicator, MapLink, MapReply, Operator } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Bar } from "../../kit/Bar.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { pillWords } from "../board/pillWords.ts";
import { RoadSample } from "../board/RoadSample.tsx";
import { estimates } from "../card/estimate.ts";
import { cardFacts, toneOf } from "../card/facts.ts";
import { roadKind } from "../roads.ts";
import { buildTree } from "../tree.ts";
import { useWatched } from "../watched.ts";
import styles from "./PhoneList.module.css";
import { type ListRow, listRows } from "./rows.ts";

/** Units that are words of a spaced script stand apart from the number. */
const ASCII = /^[a-z]/i;

interface PhoneListProps {
  reply: MapReply;
  onOpen: (id: string) => void;
  found?: ReadonlySet<string> | null;
}

/** The same map as an indented list, for a screen one hand wide. */
export function PhoneList({ reply, onOpen, found = null }: PhoneListProps) {
  const { t } = useLanguage();
  const tree = useMemo(() => buildTree(reply), [reply]);
  const rows = useMemo(() => listRows(tree), [tree]);
  const indicators = new Map(reply.indicators.map((one) => [one.id, one]));
  const links = new Map(reply.links.map((link) => [`${link.from} ${link.to}`, link]));
  const operators = new Map(
    reply.junctions.map((junction) => [junction.parent, junction.operator]),
  );
  const kgi = tree.root === null ? undefined : indicators.get(tree.root);
  const shown = (id: string) => found === null || found.has(id);
  return (
    <div className={styles.list}>
      {kgi && shown(kgi.id) && <KgiRow kgi={kgi} onOpen={onOpen} />}
      <ul>
        {rows.map((row) => {
          const one = indicators.get(row.id);
          if (!one || !shown(row.id)) return null;
          const link = links.get(`${row.id} ${row.parent}`);
          return (
            <Row
              key={row.id}
              row={row}
              one={one}
              link={link}
              computing={reply.evidence === "computing"}
              operator={row.first ? undefined : operators.get(row.parent)}
              onOpen={onOpen}
            />
          );
        })}
      </ul>
      {tree.unlinked.some(shown) && (
        <>
          <h2 className={styles.strip}>{t("map.unlinked")}</h2>
          <ul>
            {tree.unlinked.filter(shown).map((id) => {
              const one = indicators.get(id);
              return one ? (
                <Row
                  key={id}
                  row={null}
                  one={one}
                  link={undefined}
                  computing={false}
                  operator={undefined}
                  onOpen={onOpen}
                />
              ) : null;
            })}
          </ul>
        </>
      )}
    </div>
  );
}

function KgiRow({ kgi, onOpen }: { kgi: Indicator; onOpen: (id: string) => void }) {
  const { t, f } = useLanguage();
  const facts = cardFacts(kgi, t, f);
  const { expected, ahead, good, lo80, hi80, odds } = estimates(kgi);
  const range = lo80 === null || hi80 === null ? null : f.range(lo80, hi80, kgi.unit);
  return (
    <article className={styles.kgi}>
      <button
        type="button"
        className={styles.open}
        aria-label={facts.spoken}
        onClick={() => onOpen(kgi.id)}
      />
      <div className={styles.kgiHead}>
        <b>{kgi.name}</b>
        <Mark status={kgi.status} size={20} silent />
      </div>
      <div className={styles.kgiValue}>
        {facts.value ? (
          <span className={classes("num", styles.kgiNumber)}>
            {facts.value.number}
            <small>{facts.value.unit}</small>
          </span>
        ) : (
          <span className="quiet">{facts.noData ? t("map.noData") : t("map.noValue")}</span>
        )}
        {kgi.target?.label && <span className="quiet">/ {kgi.target.label}</span>}
        {odds !== null && (
          <p className={styles.odds}>
            {t("map.kgi.probability")} <b>{f.chance(odds)}</b>
          </p>
        )}
      </div>
      <Bar share={facts.share} pace={facts.due} status={kgi.status} accent />
      <div className={styles.kgiFoot}>
        {expected !== null && (
          <span>
            {t("map.paceToday", { amount: f.shortAmount(expected, kgi.unit) })}{" "}
            {ahead !== null && <b className={toneOf(good)}>{f.difference(ahead, kgi.unit)}</b>}
          </span>
        )}
        {range && (
          <span>
            {t("map.kgi.landingShort", {
              range: [range.number, range.unit].join(ASCII.test(range.unit) ? " " : ""),
            })}
          </span>
        )}
      </div>
    </article>
  );
}

interface RowProps {
  /** Null in the strip of unlinked indicators. */
  row: ListRow | null;
  one: Indicator;
  link: MapLink | undefined;
  /** The links are still being measured. */
  computing: boolean;
  /** The sign that joins it to the sibling above. */
  operator: Operator | undefined;
  onOpen: (id: string) => void;
}

const INDENT = 18;
const HEIGHT = 52;

function Row({ row, one, link, computing, operator, onOpen }: RowProps) {
  const { t, f } = useLanguage();
  const facts = cardFacts(one, t, f);
  const watched = useWatched(one.id);
  const depth = row?.depth ?? 0;
  const influence = link?.kind === "influence" ? link : null;
  return (
    <li className={styles.row} style={{ paddingLeft: depth * INDENT }}>
      {row && <Branches row={row} operator={link?.kind === "formula" ? operator : undefined} />}
      <button
        type="button"
        className={styles.open}
        aria-label={facts.spoken}
        onClick={() => onOpen(one.id)}
      />
      <div className={styles.words}>
        <b>
          {one.name}
          {watched && <Icon name="flag" size={12} className={styles.flag} />}
        </b>
        <span>
          {influence && <RoadSample kind={roadKind(influence, computing)} w={22} />}
          <span className={styles.road}>
            {influence
              ? f.facts(pillWords(influence, t, f, computing).filter(Boolean))
              : (facts.stale ?? facts.pace)}
          </span>
        </span>
      </div>
      <span className={styles.value}>
        {facts.value ? (
          <span className="num">
            {facts.value.number}
            <small>{facts.value.unit}</small>
          </span>
        ) : (
          <span className={styles.none}>
            {facts.noData ? t("status.no-data") : t("map.noValue")}
          </span>
        )}
      </span>
      <Mark status={one.status} silent />
    </li>
  );
}

function Branches({ row, operator }: { row: ListRow; operator: Operator | undefined }) {
  const x = (depth: number) => 6 + depth * INDENT;
  const here = x(row.depth - 1);
  return (
    <svg
      className={styles.branches}
      width={row.depth * INDENT}
      height={HEIGHT}
      fill="none"
      stroke="var(--g3)"
      aria-hidden="true"
    >
      {row.through.map((depth) => (
        <path key={depth} d={`M${x(depth)} 0V${HEIGHT}`} />
      ))}
      <path d={`M${here} 0V${row.last ? HEIGHT / 2 : HEIGHT}M${here} ${HEIGHT / 2}h9`} />
      {operator === "×" && (
        <g stroke="none">
          <rect x={here - 7} y="-7" width="14" height="14" fill="var(--paper)" />
          <path
            d={`M${here - 3} -3l6 6M${here + 3} -3l-6 6`}
            stroke="var(--g6)"
            strokeWidth="1.3"
            strokeLinecap="round"
          />
        </g>
      )}
      {(operator === "＋" || operator === "－" || operator === "÷") && (
        <g stroke="none">
          <rect x={here - 7} y="-7" width="14" height="14" fill="var(--paper)" />
          <path
            d={`M${here - 4} 0h8${operator === "＋" ? `M${here} -4v8` : ""}${operator === "÷" ? `M${here} -3.5v.1M${here} 3.5v.1` : ""}`}
            stroke="var(--g6)"
            strokeWidth="1.3"
            strokeLinecap="round"
          />
        </g>
      )}
    </svg>
  );
}
