import { getRouteApi, Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { type LeadsAsk, type LeadsReply, useLeads } from "../../api/useLeads.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { buttonClass } from "../../kit/Button.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { EmptyState, Failed } from "../../kit/EmptyState.tsx";
import { Loading, Skeleton } from "../../kit/Skeleton.tsx";
import { After } from "./After.tsx";
import { LeadItem } from "./LeadItem.tsx";
import styles from "./leads.module.css";
import { Timeline } from "./Timeline.tsx";

const route = getRouteApi("/framed/w/$ws/act/");
const SHOWS: LeadsAsk["show"][] = ["open", "talking", "done"];

/** 今日のリード: whom sales talk with today, why, and what became of those before. */
export function LeadsPage() {
  const { ws } = route.useParams();
  const [ask, setAsk] = useState<LeadsAsk>({ show: "open", mine: false, card: "" });
  const { lead: told } = route.useSearch();
  const [chosen, setChosen] = useState<string | null>(told ?? null);
  const { data, error, refetch } = useLeads(ws, ask);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data)
    return (
      <>
        <Loading />
        <Skeleton height={30} width="40%" />
        <Skeleton height={220} />
        <Skeleton height={72} />
        <Skeleton height={72} />
      </>
    );
  // Nothing chosen opens the first; what was decided on makes room for the next.
  const open =
    chosen === "" ? undefined : (data.leads.find((one) => one.id === chosen) ?? data.leads[0]);
  return (
    <div className={styles.page}>
      <section className={styles.list} aria-labelledby="leads-title">
        <header className={styles.title}>
          <h2 id="leads-title">{data.title}</h2>
          {data.expected && <p>{data.expected}</p>}
        </header>
        {data.cards.length > 0 && <Filters ask={ask} reply={data} onChange={setAsk} />}
        {data.leads.length === 0 ? (
          <Nobody ws={ws} ask={ask} reply={data} />
        ) : (
          <Leads>
            {data.leads.map((lead) => (
              <LeadItem
                key={lead.id}
                ws={ws}
                lead={lead}
                zone={data.zone}
                open={lead.id === open?.id}
                onOpen={() => setChosen(lead.id === open?.id ? "" : lead.id)}
              />
            ))}
          </Leads>
        )}
        {data.accuracy && (
          <p className={styles.accuracy}>
            {data.accuracy}{" "}
            {data.cards[0] && (
              <Link to="/w/$ws/act/scores/$id" params={{ ws, id: ask.card || data.cards[0].id }}>
                <Check />
              </Link>
            )}
          </p>
        )}
        {data.before.of > 0 && ask.show === "open" && <After before={data.before} />}
        <p className={styles.accuracy}>
          <Link to="/w/$ws/share/alerts" params={{ ws }} search={{ view: "places" }}>
            <WhereToTell />
          </Link>
        </p>
      </section>
      {open && (
        <aside className={styles.timeline}>
          <Timeline ws={ws} lead={open} zone={data.zone} />
        </aside>
      )}
    </div>
  );
}

function Check() {
  const { t } = useLanguage();
  return t("leads.check");
}

/** The list; arrows walk from person to person, Enter opens. */
function Leads({ children }: { children: React.ReactNode }) {
  const { t } = useLanguage();
  const list = useRef<HTMLUListElement>(null);
  function walk(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || !list.current) return;
    const heads = [...list.current.querySelectorAll<HTMLElement>("[aria-expanded]")];
    const at = heads.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    event.preventDefault();
    heads[at + step]?.focus();
  }
  return (
    <ul ref={list} className={styles.leads} aria-label={t("leads.label")} onKeyDown={walk}>
      {children}
    </ul>
  );
}

interface FiltersProps {
  ask: LeadsAsk;
  reply: LeadsReply;
  onChange: (ask: LeadsAsk) => void;
}

function Filters({ ask, reply, onChange }: FiltersProps) {
  const { t, f } = useLanguage();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame and legend
    <div className={styles.filters} role="group" aria-label={t("leads.filters")}>
      {SHOWS.map((show) => (
        <ChipButton
          key={show}
          on={ask.show === show}
          aria-pressed={ask.show === show}
          onClick={() => onChange({ ...ask, show })}
        >
          {t(`leads.show.${show}`, { count: f.count(reply.counts[show]) })}
        </ChipButton>
      ))}
      <span className={styles.gap} />
      <ChipButton
        icon="person"
        on={ask.mine}
        aria-pressed={ask.mine}
        onClick={() => onChange({ ...ask, mine: !ask.mine })}
      >
        {t("leads.onlyMine")}
      </ChipButton>
      {reply.cards.length > 1 && (
        <select
          aria-label={t("leads.card")}
          value={ask.card}
          onChange={(event) => onChange({ ...ask, card: event.target.value })}
        >
          <option value="">{t("leads.card.all")}</option>
          {reply.cards.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Nobody to show: why, and the one step. */
function Nobody({ ws, ask, reply }: { ws: string; ask: LeadsAsk; reply: LeadsReply }) {
  const { t } = useLanguage();
  if (ask.show !== "open" || ask.mine || ask.card)
    return <EmptyState title={t("leads.none.filtered")} line={t(`leads.none.${ask.show}`)} />;
  const card = reply.cards[0];
  if (!card)
    return (
      <EmptyState title={t("leads.none.noCard")} line={t("leads.none.noCard.line")}>
        <Link to="/w/$ws/act/scores" params={{ ws }} className={buttonClass("primary")}>
          {t("leads.none.noCard.step")}
        </Link>
      </EmptyState>
    );
  return (
    <EmptyState title={t("leads.none.today")} line={t("leads.none.today.line")}>
      <Link
        to="/w/$ws/act/scores/$id"
        params={{ ws, id: card.id }}
        className={buttonClass("outline")}
      >
        {t("leads.none.today.step")}
      </Link>
    </EmptyState>
  );
}

function WhereToTell() {
  return useLanguage().t("notices.link");
}
