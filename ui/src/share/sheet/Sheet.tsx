import { Link, useRouter } from "@tanstack/react-router";
import type {
  Sheet as Page,
  SheetGoal,
  SheetLine,
  SheetNumbers,
  SheetRun,
  SheetSection,
} from "../../api/useStanding.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { classes } from "../../kit/classes.ts";
import { Icon } from "../../kit/Icon.tsx";
import { Mark } from "../../kit/Mark.tsx";
import { Road } from "./Road.tsx";
import styles from "./sheet.module.css";

interface SheetProps {
  page: Page;
  /** The workspace its buttons lead into; null where nothing can be opened. */
  ws: string | null;
}

/** "Where we stand" as one page, in the order a reader asks: how is it, why, what do I do. */
export function Sheet({ page, ws }: SheetProps) {
  return (
    <article className={styles.sheet} aria-label={page.title} lang={page.lang}>
      <header className={styles.head}>
        <p className="quiet">{page.workspace}</p>
        <h2>{page.title}</h2>
        <p className={`quiet ${styles.small}`}>
          {page.model} <span aria-hidden="true">/</span> {page.dates}
        </p>
      </header>
      <section className={styles.verdict}>
        <p className={classes(styles.word, styles[page.mark])}>
          <Mark status={page.mark} size={20} silent />
          {page.mark_word}
        </p>
        <p className={styles.headline}>
          <Runs runs={page.headline} />
        </p>
      </section>
      <Goal goal={page.goal} mark={page.mark} asOf={page.as_of} />
      <div className={styles.two}>
        <div className={styles.column}>
          <Part of={page.changed} ws={ws} />
          <Part of={page.decided} ws={ws} />
          <Part of={page.together} ws={ws} />
        </div>
        <div className={styles.column}>
          <Part of={page.asks} ws={ws} asks />
        </div>
      </div>
      <Numbers of={page.numbers} ws={ws} />
      <aside className={styles.terms} aria-label={page.terms.title}>
        <h3>{page.terms.title}</h3>
        <dl>
          {page.terms.lines.map((line) => (
            <div key={line.lead}>
              <dt>{line.lead}</dt>
              <dd>
                <Runs runs={line.text} />
              </dd>
            </div>
          ))}
        </dl>
      </aside>
    </article>
  );
}

function Runs({ runs }: { runs: SheetRun[] }) {
  return runs.map((run, n) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence keep their order
    run.strong ? <b key={n}>{run.text}</b> : run.text,
  );
}

function Goal({ goal, mark, asOf }: { goal: SheetGoal; mark: Page["mark"]; asOf: string }) {
  return (
    <section className={styles.goal} aria-label={goal.label}>
      <div className={styles.figures}>
        <p className={`quiet ${styles.small}`}>{goal.label}</p>
        <h3>{goal.name}</h3>
        {goal.value && (
          <p className={styles.value}>
            <span className={classes("num", styles.big)}>
              {goal.value}
              <small>{goal.unit}</small>
            </span>
            {goal.target && <span className={styles.target}>/ {goal.target}</span>}
          </p>
        )}
        {!goal.value && goal.target && <p className={styles.land}>{goal.target}</p>}
        {goal.by && <p className={`quiet ${styles.small}`}>{goal.by}</p>}
        {goal.bar && (
          <div className={styles.bar} aria-hidden="true">
            <i
              className={mark === "behind" || mark === "missed" ? styles[mark] : undefined}
              style={{ width: `${goal.bar.value * 100}%` }}
            />
            {goal.bar.pace !== null && <b style={{ left: `${goal.bar.pace * 100}%` }} />}
          </div>
        )}
        {goal.pace && (
          <p className={styles.pace}>
            <span className="quiet">{goal.pace}</span>{" "}
            <b className={goal.gap_good === null ? undefined : goal.gap_good ? "good" : "bad"}>
              {goal.gap}
            </b>
          </p>
        )}
        <dl className={styles.ahead}>
          <div>
            <dt>{goal.chance_label}</dt>
            {goal.chance && <dd className={classes("num", styles.land)}>{goal.chance}</dd>}
            {goal.dots !== null && (
              <dd className={styles.dots} aria-hidden="true">
                {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => (
                  <i key={n} className={n > (goal.dots ?? 0) ? styles.open : undefined} />
                ))}
              </dd>
            )}
            {goal.chance_words && <dd className={styles.small}>{goal.chance_words}</dd>}
          </div>
          {goal.land && (
            <div>
              <dt>{goal.land_label}</dt>
              <dd className={classes("num", styles.land)}>{goal.land}</dd>
            </div>
          )}
        </dl>
        {goal.since.length > 0 && (
          <p className={styles.since}>
            <Runs runs={goal.since} />
          </p>
        )}
      </div>
      <Road goal={goal} asOf={asOf} />
    </section>
  );
}

function Part({ of, ws, asks }: { of: SheetSection; ws: string | null; asks?: boolean }) {
  if (of.lines.length === 0 && !of.none) return null;
  return (
    <section className={classes(styles.part, asks && styles.asks)}>
      <h3>{of.title}</h3>
      {of.lines.length === 0 && <p className="quiet">{of.none}</p>}
      <ul>
        {of.lines.map((line, n) => (
          <Said
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a page keep their order
            key={n}
            line={line}
            ws={ws}
            lead={line.lead !== of.lines[n - 1]?.lead}
          />
        ))}
      </ul>
    </section>
  );
}

function Said({ line, ws, lead }: { line: SheetLine; ws: string | null; lead: boolean }) {
  return (
    <li>
      {line.lead && lead && (
        <p className={`quiet ${styles.lead}`}>
          {line.mark && <Mark status={line.mark} size={14} />}
          {line.kind === "focus" && <Icon name="flag" size={14} />}
          {line.lead}
        </p>
      )}
      <p className={styles.text}>
        {line.mark && !line.lead && <Mark status={line.mark} size={14} />} <Runs runs={line.text} />
      </p>
      {line.note && <p className={`quiet ${styles.note}`}>{line.note}</p>}
      {line.button && ws && <On to={`/w/${encodeURIComponent(ws)}${line.path}`}>{line.button}</On>}
    </li>
  );
}

/** A way on: the server says where to, so it is no route of the types. */
function On({ to, children }: { to: string; children: string }) {
  const { history } = useRouter();
  return (
    <a
      className={styles.on}
      href={to}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        history.push(to);
      }}
    >
      {children}
    </a>
  );
}

function Numbers({ of, ws }: { of: SheetNumbers; ws: string | null }) {
  const { t } = useLanguage();
  return (
    <section className={styles.numbers}>
      <h3>{of.title}</h3>
      {of.rows.length === 0 ? (
        <p className="quiet">{of.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {of.heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <span className={styles.name}>
                    <Mark status={row.mark} size={16} />
                    {ws ? (
                      <Link to="/w/$ws/map" params={{ ws }} search={{ open: row.id }}>
                        {row.name}
                      </Link>
                    ) : (
                      row.name
                    )}
                    {row.focus && (
                      <span className={styles.focus}>
                        <Icon name="flag" size={14} />
                        {t("reporting.focus")}
                      </span>
                    )}
                  </span>
                  <span className={`quiet ${styles.note}`}>{row.note}</span>
                </th>
                <td className="num">
                  <b>{row.value}</b>
                </td>
                <td className="num">
                  {row.pace && <span className={styles.inline}>{of.heads[2]} </span>}
                  {row.pace || <span className="quiet">—</span>}
                </td>
                <td
                  className={classes(
                    "num",
                    row.good === null ? "quiet" : row.good ? "good" : "bad",
                  )}
                >
                  {row.change || "—"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
