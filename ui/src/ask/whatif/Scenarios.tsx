import type { Scenario } from "../../api/types.ts";
import { useDropScenario, useKeepScenario, useScenarios } from "../../api/useWhatIf.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { IconButton } from "../../kit/Button.tsx";
import { Skeleton } from "../../kit/Skeleton.tsx";
import { useToast } from "../../kit/Toast.tsx";
import styles from "./whatif.module.css";

interface ScenariosProps {
  ws: string;
  /** Puts the sliders where a kept plan has them. */
  onRestore: (sets: string[]) => void;
}

/** 残した案: each with its chance on today's numbers; a press puts the sliders there. */
export function Scenarios({ ws, onRestore }: ScenariosProps) {
  const { t, f } = useLanguage();
  const say = useToast();
  const { data } = useScenarios(ws);
  const drop = useDropScenario(ws);
  const keep = useKeepScenario(ws);
  const failed = () => say({ text: t("ask.failed") });

  function forget({ id, name, sets, by }: Scenario) {
    drop.mutate(id, {
      onSuccess: () =>
        say({
          text: t("whatif.dropped", { name }),
          action: {
            label: t("ask.undo"),
            run: () => keep.mutate({ name, sets, ...(by ? { by } : {}) }, { onError: failed }),
          },
        }),
      onError: failed,
    });
  }

  return (
    <section className={styles.block}>
      <h3>{t("whatif.saved")}</h3>
      {!data && <Skeleton height={40} />}
      {data?.scenarios.length === 0 && <p className={styles.small}>{t("whatif.saved.none")}</p>}
      <ul>
        {data?.scenarios.map((one) => (
          <li key={one.id} className={styles.saved}>
            <button
              type="button"
              disabled={one.problem !== null}
              title={one.problem ?? one.name}
              onClick={() => onRestore(one.sets)}
            >
              {one.name}
            </button>
            <span className={styles.small}>
              {one.problem !== null
                ? t("whatif.saved.gone")
                : f.facts([f.day(one.created_at.slice(0, 10)), ...(one.by ? [one.by] : [])])}
            </span>
            {one.p_attain !== null && (
              <b
                className="num"
                title={t("whatif.saved.chance", { percent: f.chance(one.p_attain) })}
              >
                {f.chance(one.p_attain).replace(/%$/, "")}
                <small>%</small>
              </b>
            )}
            <IconButton
              icon="close"
              bare
              label={t("whatif.drop", { name: one.name })}
              onClick={() => forget(one)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
