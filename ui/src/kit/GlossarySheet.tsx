import { type ReactNode, useMemo, useState } from "react";
import { useLanguage } from "../i18n/LanguageProvider.tsx";
import { Card } from "./Card.tsx";
import styles from "./GlossarySheet.module.css";
import { Icon } from "./Icon.tsx";

/** One number, explained. */
interface Explained {
  id: string;
  name: string;
  is_kgi: boolean;
  definition: string;
  why: string;
  unit: string;
  owner: string;
  reading: string;
  formula: string;
  measured: string;
  sources: string[];
  target: string;
  matters: string;
  road: string[];
}

interface GlossarySheetProps {
  indicators: Explained[];
  words: { term: string; text: string }[];
  /** What stands behind a number's name: a way to write what is missing. */
  after?: (one: Explained) => ReactNode;
  /** What stands above, beside the search. */
  children?: ReactNode;
}

/** Full and half width, upper and lower case: however somebody types it. */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** What each number means, to search and to print. */
export function GlossarySheet({ indicators, words, after, children }: GlossarySheetProps) {
  const { t } = useLanguage();
  const [wanted, setWanted] = useState("");
  const texts = useMemo(
    () =>
      new Map(
        indicators.map((one) => [
          one.id,
          folded([one.name, one.id, one.definition, one.why, one.owner, ...one.sources].join("\n")),
        ]),
      ),
    [indicators],
  );
  const found = indicators.filter((one) => texts.get(one.id)?.includes(folded(wanted.trim())));
  const terms = words.filter(({ term, text }) =>
    folded(`${term}\n${text}`).includes(folded(wanted.trim())),
  );
  return (
    <>
      <div className={styles.bar}>
        <label className={styles.search}>
          <Icon name="search" size={14} />
          <span className="sr">{t("glossary.search")}</span>
          <input
            type="search"
            value={wanted}
            placeholder={t("glossary.search")}
            onChange={(event) => setWanted(event.target.value)}
          />
        </label>
        {children}
      </div>
      <p className="sr" aria-live="polite">
        {wanted && t("glossary.found", { count: found.length + terms.length })}
      </p>
      {found.length + terms.length === 0 && (
        <p className="quiet">{t("glossary.none", { wanted: wanted.trim() })}</p>
      )}
      <ul className={styles.list}>
        {found.map((one) => (
          <li key={one.id} id={`glossary-${one.id}`}>
            <Card article className={styles.entry}>
              <h3>
                {one.name}
                {one.unit && <span className="quiet"> {t("glossary.unit", one)}</span>}
                {one.is_kgi && <span className={styles.kgi}>KGI</span>}
              </h3>
              <p className={one.definition ? styles.definition : "quiet"}>
                {one.definition || t("glossary.unwritten")}
              </p>
              {after?.(one)}
              <dl className={styles.facts}>
                <Fact term={t("glossary.matters")}>
                  {one.why && <p>{one.why}</p>}
                  <p>{one.matters}</p>
                  {one.road.length > 1 && <Road names={one.road} />}
                </Fact>
                {one.formula && <Fact term={t("glossary.formula")}>{one.formula}</Fact>}
                {one.measured && <Fact term={t("glossary.measured")}>{one.measured}</Fact>}
                {one.sources.length > 0 && (
                  <Fact term={t("glossary.sources")}>{one.sources.join(t("glossary.comma"))}</Fact>
                )}
                {one.target && <Fact term={t("glossary.target")}>{one.target}</Fact>}
                {one.owner && <Fact term={t("glossary.owner")}>{one.owner}</Fact>}
                {one.reading && <Fact term={t("glossary.reading")}>{one.reading}</Fact>}
              </dl>
            </Card>
          </li>
        ))}
      </ul>
      {terms.length > 0 && (
        <section className={styles.terms}>
          <h3>{t("glossary.words")}</h3>
          <dl>
            {terms.map(({ term, text }) => (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The way to the KGI, name by name. */
function Road({ names }: { names: string[] }) {
  return (
    <ol className={styles.road}>
      {names.map((name, i) => (
        <li key={name}>
          {i > 0 && <Icon name="right" size={10} />}
          {name}
        </li>
      ))}
    </ol>
  );
}
