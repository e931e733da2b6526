import { useState } from "react";
import type { ContactDetail } from "../../api/useContacts.ts";
import { useLanguage } from "../../i18n/LanguageProvider.tsx";
import { Button } from "../../kit/Button.tsx";
import { Icon } from "../../kit/Icon.tsx";
import { MenuItem, MenuRule, Popover } from "../../kit/Popover.tsx";
import { DiscloseDialog } from "./DiscloseDialog.tsx";
import { EraseDialog } from "./EraseDialog.tsx";
import { MergeDialog } from "./MergeDialog.tsx";

interface MoreMenuProps {
  ws: string;
  one: ContactDetail;
  edit: boolean;
  manage: boolean;
}

/** What is rarely done with somebody, and what they may ask for by law. */
export function MoreMenu({ ws, one, edit, manage }: MoreMenuProps) {
  const { t } = useLanguage();
  const [open, setOpen] = useState<"merge" | "disclose" | "erase" | null>(null);
  if (!edit) return null;
  const close = () => setOpen(null);
  return (
    <>
      <Popover
        label={t("contacts.more")}
        align="end"
        trigger={(wires) => (
          <Button icon="more" {...wires}>
            {t("contacts.more")}
          </Button>
        )}
      >
        {(shut) => {
          const item = (
            what: "merge" | "disclose" | "erase",
            icon: "share" | "download" | "trash",
          ) => (
            <MenuItem
              icon={<Icon name={icon} size={16} />}
              onClick={() => {
                shut();
                setOpen(what);
              }}
            >
              {t(`contacts.${what}`)}
            </MenuItem>
          );
          return (
            <>
              {item("merge", "share")}
              {manage && (
                <>
                  {item("disclose", "download")}
                  <MenuRule />
                  {item("erase", "trash")}
                </>
              )}
            </>
          );
        }}
      </Popover>
      {open === "merge" && <MergeDialog ws={ws} one={one} onClose={close} />}
      {open === "disclose" && <DiscloseDialog ws={ws} one={one} onClose={close} />}
      {open === "erase" && <EraseDialog ws={ws} one={one} onClose={close} />}
    </>
  );
}
