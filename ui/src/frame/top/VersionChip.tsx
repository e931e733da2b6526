import { Link } from "@tanstack/react-router";
import type { MapReply } from "../../api/types.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { ChipButton } from "../../kit/Chip.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuRule, menuItemClass, Popover } from "../../kit/Popover.tsx";
import styles from "./Top.module.css";

/** Which version of the map this is and whether it is agreed; the others and the text behind it. */
export function VersionChip({ reply, ws }: { reply: MapReply; ws: string }) {
  const { t } = useLanguage();
  const { version } = reply.model;
  return (
    <Popover
      label={t("map.versions")}
      trigger={(wires) => (
        <ChipButton {...wires}>
          {t("map.version.state", { version, state: reply.agreement.short })}
        </ChipButton>
      )}
    >
      {(close) => (
        <>
          <p className={styles.agreed}>{reply.agreement.sentence}</p>
          <MenuRule />
          <Link
            to="/w/$ws/share/agreement"
            params={{ ws }}
            className={menuItemClass}
            onClick={close}
          >
            <Icon name="check" />
            {t("map.version.agreement")}
          </Link>
          <Link to="/w/$ws/versions" params={{ ws }} className={menuItemClass} onClick={close}>
            <Icon name="clock" />
            {t("map.versions")}
          </Link>
          <Link to="/w/$ws/model" params={{ ws }} className={menuItemClass} onClick={close}>
            <Icon name="edit" />
            {t("map.openYaml")}
          </Link>
        </>
      )}
    </Popover>
  );
}
