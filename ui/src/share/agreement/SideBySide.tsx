import type { AgreementCell, AgreementReply, AgreementRow } from "../../api/useAgreement.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Badge } from "../../kit/Badge.tsx";
import { Mark } from "../../kit/Mark.tsx";
import styles from "./agreement.module.css";

const aspects = ["purpose", "meaning", "number", "deadline"] as const;

const marks = {
  same: "on-pace",
  rounded: "on-pace",
  differs: "behind",
  unclear: null,
  unsaid: "no-data",
} as const;

/** Everybody's words beside the goal. On a phone each person is a block of their own. */
export function SideBySide({ reply }: { reply: AgreementReply }) {
  const { t } = useLanguage();
  const { goal } = reply;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {aspects.map((aspect) => (
              <th key={aspect} scope="col">
                {t(`agreement.aspect.${aspect}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={styles.goal}>
            <th scope="row">
              {t("agreement.goal")}
              <span className={styles.faint}>
                {t("agreement.version", { version: reply.version })}
              </span>
            </th>
            {aspects.map((aspect) => (
              <td key={aspect} data-aspect={t(`agreement.aspect.${aspect}`)}>
                {goal[aspect] || <span className="quiet">{t("agreement.silent")}</span>}
              </td>
            ))}
          </tr>
          {reply.rows.map((row) => (
            <Row key={`${row.name} ${row.department}`} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { row: AgreementRow }) {
  const { t, f } = useLanguage();
  const facts = [
    row.on ? f.day(row.on) : "",
    row.in_file ? t("agreement.inFile") : "",
    row.heard_by ? t("agreement.heardBy", { name: row.heard_by }) : "",
    row.earlier ? t("agreement.earlier") : "",
    !row.in_file && !row.heard_by && !row.blind ? t("agreement.afterwards") : "",
  ].filter(Boolean);
  return (
    <tr className={row.you ? styles.you : ""}>
      <th scope="row">
        <span className={styles.person}>
          <Badge name={row.name} label={row.name} large />
          <span>
            {row.you ? t("agreement.you", { name: row.name }) : row.name}
            <span className={styles.faint}>{row.department}</span>
          </span>
        </span>
        <span className={styles.faint}>{f.facts(facts)}</span>
      </th>
      {aspects.map((aspect) => {
        const cell = row.cells.find((one) => one.aspect === aspect);
        return cell && <Cell key={aspect} cell={cell} aspect={t(`agreement.aspect.${aspect}`)} />;
      })}
    </tr>
  );
}

function Cell({ cell, aspect }: { cell: AgreementCell; aspect: string }) {
  const { t, f } = useLanguage();
  const notes = [cell.means, cell.note].filter(Boolean);
  return (
    <td data-aspect={aspect} className={cell.verdict === "differs" ? styles.differs : ""}>
      <span className={styles.cell}>
        {marks[cell.verdict] && <Mark status={marks[cell.verdict]} size={14} silent />}
        <span>
          <span className="sr">{t(`agreement.verdict.${cell.verdict}`)}: </span>
          {cell.said || <span className="quiet">{t("agreement.unsaid")}</span>}
          {notes.length > 0 && <span className={styles.note}>{f.facts(notes)}</span>}
        </span>
      </span>
    </td>
  );
}
