import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem, Popover } from "../../kit/Popover.tsx";
import styles from "./automations.module.css";
import { KINDS, type Kind } from "./definition.ts";
import { icons } from "./icons.ts";

/** The + on a road: what shall happen there. */
export function AddStep({ onAdd }: { onAdd: (kind: Kind) => void }) {
  const { t } = useLanguage();
  const label = t("automations.add");
  return (
    <Popover
      label={label}
      trigger={(wires) => (
        <button type="button" className={styles.plus} aria-label={label} title={label} {...wires}>
          <Icon name="plus" size={14} />
        </button>
      )}
    >
      {(close) =>
        KINDS.map((kind) => (
          <MenuItem
            key={kind}
            icon={<Icon name={icons[kind]} size={16} />}
            onClick={() => {
              close();
              onAdd(kind);
            }}
          >
            {t(`automations.add.${kind}`)}
          </MenuItem>
        ))
      }
    </Popover>
  );
}
